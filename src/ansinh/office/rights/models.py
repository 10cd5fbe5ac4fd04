"""Who somebody is and what they were given: accounts, roles at units, mandates of outsiders."""

from __future__ import annotations

from collections.abc import Iterable

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ansinh.office.units.models import Unit


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(),
    exclude=["password", "last_login"],
)
class User(AbstractUser):
    """Tài khoản: an officer, or somebody from outside who holds mandates."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Viên chức")
        OUTSIDE = "outside", _("Bên ngoài")

    first_name = None  # type: ignore[assignment]  # one full name in Vietnamese order
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind)
    demo = models.BooleanField(
        default=False, db_default=False, help_text="password known to everybody: never in production"
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="where it was opened: who administers it while it holds no right anywhere",
    )

    class Meta(AbstractUser.Meta):
        triggers = [pgtrigger.ReadOnly(name="user_kind_stays", fields=["kind"])]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name


class Given(models.Model):
    """Quyền được giao: what a role assignment and a mandate have in common.

    Proposed by one person, granted by another who is neither the proposer nor the one it is for; a right
    that was only proposed gives nothing. Without a proposer it was given before anybody could sign in.
    What was proposed is what is granted: a proposal that changes is another one. Afterwards a right can only
    be shortened or ended, which one person may do at once.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ người thứ hai")
        GRANTED = "granted", _("Có hiệu lực")
        REFUSED = "refused", _("Không đồng ý")
        ENDED = "ended", _("Đã thu hồi")

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    decision = models.CharField(max_length=60, help_text="number of the written assignment")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="who granted or refused"
    )
    granted_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=200, default="", blank=True, help_text="why it was refused, ended or withdrawn"
    )

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Proposed, or granted and not yet over."""
        over = self.valid_to is not None and self.valid_to < timezone.localdate()
        return self.state in {self.State.PROPOSED, self.State.GRANTED} and not over


def _given(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(granted_by__isnull=True)
            | (~Q(granted_by=F("proposed_by")) & ~Q(granted_by=F("user"))),
            name=f"{name}_two_people",
        ),
        models.CheckConstraint(
            condition=~Q(state="granted") | Q(proposed_by__isnull=True) | Q(granted_by__isnull=False),
            name=f"{name}_granted_by_somebody",
        ),
        models.CheckConstraint(
            condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=F("user")), name=f"{name}_not_for_oneself"
        ),
        models.CheckConstraint(
            condition=~Q(state="ended")
            | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by=F("user"))),
            name=f"{name}_ended_by_another",
        ),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=f"{name}_days"
        ),
    ]


def _triggers(name: str, *, kind: str, fields: Iterable[str]) -> list[pgtrigger.Trigger]:
    """What no writer can get around; `kind` of account that may hold it, `fields` that say what is given."""
    raised = f"USING ERRCODE = 'check_violation', CONSTRAINT = '{name}_%s'"
    changed = " OR ".join(f"NEW.{field} IS DISTINCT FROM OLD.{field}" for field in fields)
    return [
        pgtrigger.FSM(
            name=f"{name}_state",
            field="state",
            transitions=[
                ("proposed", "granted"),
                ("proposed", "refused"),
                ("proposed", "ended"),
                ("granted", "ended"),
            ],
        ),
        pgtrigger.Trigger(
            name=f"{name}_begins",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                IF (NEW.proposed_by_id IS NOT NULL AND NEW.state <> 'proposed')
                   OR NEW.granted_by_id IS NOT NULL OR NEW.ended_by_id IS NOT NULL
                THEN
                    RAISE EXCEPTION 'quyền bắt đầu từ một đề nghị / a right begins as a proposal'
                        {raised % "begins"};
                END IF;
                IF NOT EXISTS (SELECT 1 FROM office_user u WHERE u.id = NEW.user_id AND u.kind = '{kind}')
                THEN
                    RAISE EXCEPTION 'loại tài khoản không nhận quyền này / no right for this kind of account'
                        {raised % "kind"};
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name=f"{name}_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF {changed}
                   OR (OLD.unit_id IS NOT NULL AND NEW.unit_id IS DISTINCT FROM OLD.unit_id)
                   OR (OLD.state = 'proposed' AND NEW.state = 'granted' AND NEW.proposed_by_id IS NULL)
                   OR (OLD.granted_by_id IS NOT NULL AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)
                   OR (OLD.state = NEW.state AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)
                   OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to
                       AND (OLD.state <> 'granted' OR NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to))
                THEN
                    RAISE EXCEPTION 'quyền đã đề nghị chỉ được rút ngắn / a right can only be shortened'
                        {raised % "stays"};
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete),
    ]


GIVEN = ("user_id", "role", "valid_from", "decision", "proposed_by_id")
NOT_TAKEN = ~Q(state__in=["refused", "ended"])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoleAssignment(Given):
    """Phân quyền: a role in a unit's subtree, given in writing (QĐ 366, Điều 6 khoản 1 điểm a)."""

    class Role(models.TextChoices):
        RECEPTION = "reception", _("Tiếp nhận và trả kết quả")
        COLLECTION = "collection", _("Quản lý thu")
        BENEFITS = "benefits", _("Chế độ BHXH")
        HEALTH_REVIEW = "health_review", _("Chế độ BHYT")
        FINANCE = "finance", _("Kế hoạch - Tài chính")
        CHECKS = "checks", _("Kiểm tra")
        PLANNING = "planning", _("Kế hoạch, chỉ tiêu")
        DIRECTOR = "director", _("Giám đốc")
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit", "valid_from"], condition=NOT_TAKEN, name="role_once"
            ),
            *_given("role"),
        ]
        triggers = _triggers("role", kind="staff", fields=GIVEN)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    def places(self) -> tuple[str, ...]:
        """The unit it is held at."""
        return (self.unit.path,)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandate(Given):
    """Ủy quyền của người ngoài cơ quan: for which party somebody acts, as what, from when to when.

    `party` is the key of a register above this floor: an employer, a collecting agent, a hospital, a person.
    """

    class Party(models.TextChoices):
        EMPLOYER = "employer", _("Đơn vị sử dụng lao động")
        AGENT = "agent", _("Tổ chức dịch vụ thu")
        HOSPITAL = "hospital", _("Cơ sở khám chữa bệnh")
        PERSON = "person", _("Người tham gia")

    class Role(models.TextChoices):
        CLERK = "clerk", _("Người làm bảo hiểm của đơn vị")
        AGENT = "agent", _("Nhân viên đại lý thu")
        HOSPITAL = "hospital", _("Người làm bảo hiểm của cơ sở khám chữa bệnh")
        SELF = "self", _("Chính người đó")
        PARENT = "parent", _("Cha, mẹ, người giám hộ của trẻ em")
        PROXY = "proxy", _("Người được ủy quyền")

    ROLES_OF = {
        Party.EMPLOYER: (Role.CLERK,),
        Party.AGENT: (Role.AGENT,),
        Party.HOSPITAL: (Role.HOSPITAL,),
        Party.PERSON: (Role.SELF, Role.PARENT, Role.PROXY),
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="mandates")
    party_kind = models.CharField(max_length=8, choices=Party)
    party = models.BigIntegerField(help_text="key in the register of that kind")
    role = models.CharField(max_length=8, choices=Role)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="office in charge of the party when it was proposed",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party_kind", "party", "role", "valid_from"],
                condition=NOT_TAKEN,
                name="mandate_once",
            ),
            models.CheckConstraint(
                condition=Q(party_kind="employer", role="clerk")
                | Q(party_kind="agent", role="agent")
                | Q(party_kind="hospital", role="hospital")
                | Q(party_kind="person", role__in=["self", "parent", "proxy"]),
                name="mandate_role_of_party",
            ),
            *_given("mandate"),
        ]
        indexes = [models.Index(fields=["party_kind", "party"], name="mandate_party")]
        triggers = _triggers("mandate", kind="outside", fields=(*GIVEN, "party_kind", "party"))

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.party_kind} {self.party}"

    def places(self) -> tuple[str, ...]:
        """The office through which it was given; nowhere for one that names none."""
        return (self.unit.path,) if self.unit else ()

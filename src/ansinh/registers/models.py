"""The registers: people, households, employers, and who took part in what, in which months.

Months are integers (year*12 + month - 1). Money is integer dong. Rows are never overwritten without a
trace: triggers keep every former version (pghistory), bulk writes included.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ansinh.office.marks.columns import stamped, written_by
from ansinh.office.models import Unit, User
from ansinh.office.privileges.declared import Grants


def _same(expression: models.Expression | F) -> Func:
    """A number as a one-element range: equality in GiST without btree_gist."""
    return Func(expression, expression, Value("[]"), function="int8range")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Household(models.Model):
    """Hộ gia đình: people insured together, in the order of the household list."""

    code = models.CharField(max_length=20, unique=True)
    commune = models.ForeignKey(Unit, models.PROTECT)
    address = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return self.code


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Person(models.Model):
    """Người tham gia. Key of participation: citizen ID from 2025-08-01; the SI number stays as history."""

    class Sex(models.TextChoices):
        MALE = "M", _("Nam")
        FEMALE = "F", _("Nữ")

    class Identity(models.TextChoices):
        UNVERIFIED = "unverified", _("Chưa xác thực")
        VERIFIED = "verified", _("Đã xác thực")
        MISMATCH = "mismatch", _("Lệch với CSDL dân cư")
        NO_NUMBER = "no_number", _("Chưa có số định danh")

    class Relation(models.TextChoices):
        HEAD = "head", _("Chủ hộ")
        SPOUSE = "spouse", _("Vợ, chồng")
        CHILD = "child", _("Con")
        PARENT = "parent", _("Cha, mẹ")
        GRANDCHILD = "grandchild", _("Cháu")
        SIBLING = "sibling", _("Anh, chị, em ruột")
        OTHER = "other", _("Quan hệ khác")

    si_number = models.CharField(max_length=10, unique=True)
    citizen_id = models.CharField(max_length=12, unique=True, null=True, blank=True)
    full_name = models.CharField(max_length=100)
    name_fold = models.CharField(max_length=100)
    name_sort = models.CharField(max_length=400)
    birth_year = models.SmallIntegerField()
    birth_month = models.SmallIntegerField(null=True, blank=True)
    birth_day = models.SmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex)
    nationality = models.CharField(max_length=2, default="VN", db_default="VN")
    ethnicity = models.CharField(max_length=30, default="", db_default="", blank=True)
    phone = models.CharField(max_length=15, default="", db_default="", blank=True)
    email = models.CharField(max_length=100, default="", db_default="", blank=True)
    address = models.CharField(max_length=200, default="", db_default="", blank=True)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="base office in charge")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True)
    relation = models.CharField(
        max_length=10, choices=Relation, default="", db_default="", blank=True, help_text="to the head"
    )
    bank_account = models.CharField(max_length=40, default="", db_default="", blank=True)
    identity = models.CharField(max_length=10, choices=Identity, default="unverified")
    identity_on = models.DateField(null=True, blank=True)
    identity_note = models.CharField(max_length=200, default="", db_default="", blank=True)
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["name_fold", "id"],
                name="person_name",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(
                fields=["office", "name_fold", "id"],
                name="person_office_name",
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["birth_year", "id"], name="person_born"),
            models.Index(
                fields=["identity", "name_sort", "id"],
                name="person_identity",
                condition=~Q(identity="verified"),
            ),
            GinIndex(SearchVector("name_fold", config="simple"), name="person_words"),
            models.Index(fields=["phone"], name="person_phone", condition=~Q(phone="")),
            models.Index(fields=["office", "name_sort"], name="person_office"),
            models.Index(fields=["name_sort", "id"], name="person_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(relation="head"), name="household_one_head"
            ),
            models.CheckConstraint(
                condition=Q(relation="") | Q(household__isnull=False), name="person_relation_in_household"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def places(self) -> tuple[str, ...]:
        """The office in charge, and those of the employers where the person is or was insured."""
        return (self.office.path, *(path for _, path in self._employers))

    def parties(self) -> tuple[tuple[str, int], ...]:
        """The person, and the employers whose worker the person is or was."""
        return (("person", self.pk), *(("employer", key) for key, _ in self._employers))

    @cached_property
    def _employers(self) -> list[tuple[int, str]]:
        spans = self.participations.filter(employer__isnull=False)
        return list(spans.values_list("employer_id", "employer__office__path").distinct())


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), exclude=["written"])
class Employer(models.Model):
    """Đơn vị sử dụng lao động (or another organisation that hands in lists of participants)."""

    unit_code = models.CharField(max_length=20, unique=True)
    tax_code = models.CharField(max_length=14, default="", blank=True, db_index=True)
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200)
    name_sort = models.CharField(max_length=800)
    address = models.CharField(max_length=200, default="", blank=True)
    phone = models.CharField(max_length=15, default="", blank=True)
    email = models.CharField(max_length=100, default="", blank=True)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="base office in charge")
    officer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.SmallIntegerField(help_text="minimum-wage region 1..4 of the workplace")
    cycle = models.SmallIntegerField(default=1, help_text="months in a payment cycle: 1, 3 or 6")
    budget = models.BooleanField(default=False, help_text="paid from the state budget")
    low_injury_rate = models.BooleanField(default=False, help_text="approved for 0.3 % work injury")
    health_group = models.CharField(max_length=2, default="DN")
    opened_on = models.DateField()
    written = written_by()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cycle__in=[1, 3, 6]), name="employer_cycle"),
            models.CheckConstraint(condition=Q(region__range=(1, 4)), name="employer_region"),
        ]
        indexes = [
            models.Index(fields=["name_fold"], name="employer_name", opclasses=["varchar_pattern_ops"]),
            GinIndex(SearchVector("name_fold", config="simple"), name="employer_words"),
            models.Index(fields=["office", "name_sort"], name="employer_office"),
            models.Index(fields=["phone"], name="employer_phone", condition=~Q(phone="")),
            models.Index(fields=["written"], name="employer_written"),
        ]
        triggers = [stamped("employer_stamped")]

    def __str__(self) -> str:
        return self.name

    def places(self) -> tuple[str, ...]:
        """The office in charge."""
        return (self.office.path,)

    def parties(self) -> tuple[tuple[str, int], ...]:
        """Itself."""
        return (("employer", self.pk),)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["written"]
)
class EmployerStatus(models.Model):
    """Tình trạng đơn vị: exactly one at a day, each with its evidence (B03 columns 38–48; ND 158/2025)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Đang hoạt động")
        SUSPENDED = "suspended", _("Tạm ngừng kinh doanh")
        PENSION_SUSPENSION = "pension_suspension", _("Tạm dừng đóng quỹ hưu trí, tử tuất")
        NOT_EVASION = "not_evasion", _("Chậm đóng không thuộc trốn đóng")
        BANKRUPT = "bankrupt", _("Phá sản")
        IN_BANKRUPTCY = "in_bankruptcy", _("Đang làm thủ tục phá sản")
        DISSOLVING = "dissolving", _("Đang làm thủ tục giải thể")
        NOT_AT_ADDRESS = "not_at_address", _("Không còn hoạt động tại địa chỉ đã đăng ký")
        CERTIFICATE_WITHDRAWN = "certificate_withdrawn", _("Bị thu hồi giấy chứng nhận đăng ký")
        NO_REPRESENTATIVE = "no_representative", _("Không có người đại diện theo pháp luật")
        DISSOLVED = "dissolved", _("Đã giải thể")

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=22, choices=State)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    evidence = models.CharField(max_length=200, help_text="document, number, day, issuing body")
    written = written_by()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="employer_one_status_a_day",
                expressions=[
                    (_same(F("employer")), RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]
        indexes = [models.Index(fields=["written"], name="employer_status_written")]
        triggers = [stamped("employer_status_stamped")]

    def __str__(self) -> str:
        return f"{self.employer} · {self.get_state_display()}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(),
    exclude=["written"],
    attrs={"pgh_written": written_by()},
    meta={"indexes": [models.Index(fields=["pgh_written"], name="participation_event_written")]},
)
class Participation(models.Model):
    """Quá trình tham gia: a person in a scheme, for a span of months on one wage, at one employer or none.

    `si hi ui wi` say in which funds the span insures the person here (a second contract: work injury only).
    No two spans of one scheme at one employer overlap: a database constraint.
    """

    class Scheme(models.IntegerChoices):
        COMPULSORY = 1, _("BHXH bắt buộc, BHYT, BHTN")
        VOLUNTARY_SI = 2, _("BHXH tự nguyện")
        HEALTH = 3, _("Chỉ tham gia BHYT")

    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, db_index=False)
    scheme = models.SmallIntegerField(choices=Scheme)
    from_month = models.IntegerField()
    to_month = models.IntegerField(null=True, blank=True, help_text="last month, inclusive; null = running")
    worker_group = models.SmallIntegerField(help_text="law.contributions.groups.WorkerGroup")
    health_group = models.CharField(max_length=2, default="DN")
    si = models.BooleanField(default=True)
    hi = models.BooleanField(default=True)
    ui = models.BooleanField(default=True)
    wi = models.BooleanField(default=True)
    pay_kind = models.SmallIntegerField(default=0, help_text="0 dong, 1 coefficient of the state scale")
    wage = models.BigIntegerField(default=0, help_text="dong a month (or income chosen, voluntary)")
    coefficient_milli = models.IntegerField(default=0)
    reserve_milli = models.IntegerField(default=0)
    position_milli = models.IntegerField(default=0)
    beyond_frame_bp = models.IntegerField(default=0)
    seniority_bp = models.IntegerField(default=0)
    other_pay = models.BigIntegerField(default=0)
    part_time = models.BooleanField(default=False)
    ui_relief = models.BooleanField(default=False, help_text="newly hired disabled worker, first 12 months")
    job_title = models.CharField(max_length=120, default="", db_default="", blank=True)
    contract = models.CharField(max_length=12, default="", db_default="", blank=True)
    contract_on = models.DateField(null=True, blank=True)
    hospital = models.CharField(max_length=10, default="", db_default="", blank=True)
    declaration_id = models.BigIntegerField(
        null=True, blank=True, help_text="collection.Declaration it came by"
    )
    changed_at = models.DateTimeField(auto_now=True, db_default=models.functions.Now())
    written = written_by()

    grants = Grants(delete=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_month__isnull=True) | Q(to_month__gte=F("from_month")),
                name="participation_months",
            ),
            models.CheckConstraint(condition=Q(wage__range=(0, 10**12)), name="participation_wage"),
            ExclusionConstraint(
                name="participation_no_overlap",
                expressions=[
                    (_same(F("person")), RangeOperators.EQUAL),
                    (
                        _same(Coalesce(F("employer"), Value(0)) * 8 + F("scheme")),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(F("from_month"), F("to_month"), Value("[]"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            # with the person: who is insured at the employers of an office is read without the rows
            models.Index(
                fields=["employer", "from_month"], include=["person"], name="participation_employer"
            ),
            models.Index(fields=["written"], name="participation_written"),
        ]
        triggers = [
            stamped("participation_stamped"),
            pgtrigger.Trigger(
                name="participation_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.changed_at = clock_timestamp(); RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.from_month}–{self.to_month}"


class WorkMonth(models.Model):
    """Tháng làm việc: days of one month that bear on what is due (unpaid, sick, maternity; working days)."""

    person = models.ForeignKey(Person, models.PROTECT)
    employer = models.ForeignKey(Employer, models.PROTECT, db_index=False)
    month = models.IntegerField()
    unpaid_days = models.SmallIntegerField(default=0)
    sick_days = models.SmallIntegerField(default=0)
    maternity_days = models.SmallIntegerField(default=0)
    agreed = models.BooleanField(default=False, help_text="both sides agreed to contribute all the same")
    first_month = models.BooleanField(default=False)
    declaration_id = models.BigIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True, db_default=models.functions.Now())
    written = written_by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "person", "month"], name="work_month_once"),
            models.CheckConstraint(
                condition=Q(
                    unpaid_days__range=(0, 31), sick_days__range=(0, 31), maternity_days__range=(0, 31)
                ),
                name="work_month_days",
            ),
        ]
        indexes = [models.Index(fields=["written"], name="work_month_written")]
        triggers = [stamped("work_month_stamped")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month}"


class HealthCard(models.Model):
    """Thẻ BHYT: number, days valid, first-care facility, who pays."""

    class Payer(models.TextChoices):
        EMPLOYMENT = "employment", _("Người lao động và đơn vị")
        FUND = "fund", _("Quỹ BHXH, BHTN")
        BUDGET = "budget", _("Ngân sách nhà nước")
        PART_BUDGET = "part_budget", _("Ngân sách hỗ trợ")
        SELF = "self", _("Hộ gia đình tự đóng")

    person = models.ForeignKey(Person, models.PROTECT, related_name="cards")
    number = models.CharField(max_length=15)
    payer = models.CharField(max_length=12, choices=Payer)
    valid_from = models.DateField()
    valid_to = models.DateField()
    hospital = models.CharField(max_length=10, default="", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, default="", db_default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="card_days"),
        ]

    def __str__(self) -> str:
        return self.number


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class CollectingAccount(models.Model):
    """Tài khoản chuyên thu: that of an office, with the days it may be paid into.

    Where employers pay is decided by two people: one proposes an account, another confirms it, and only then
    does a paper name it. Afterwards it can only be ended. Without a proposer it was there from the start.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ người thứ hai")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        REFUSED = "refused", _("Không đồng ý")
        ENDED = "ended", _("Đã thu hồi")

    office = models.ForeignKey(Unit, models.PROTECT)
    bank = models.CharField(max_length=80)
    bank_bin = models.CharField(max_length=6)
    number = models.CharField(max_length=30)
    holder = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day, inclusive")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, default="", blank=True, help_text="why it was refused or ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank_bin", "number"], condition=~Q(state="refused"), name="collecting_account_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="collecting_account_two_people",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="collecting_account_days",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="collecting_account_state",
                field="state",
                transitions=[("proposed", "confirmed"), ("proposed", "refused"), ("confirmed", "ended")],
            ),
            pgtrigger.Trigger(
                name="collecting_account_begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (NEW.proposed_by_id IS NOT NULL) <> (NEW.state = 'proposed')
                       OR NEW.decided_by_id IS NOT NULL
                    THEN
                        RAISE EXCEPTION 'tài khoản bắt đầu từ một đề nghị / an account begins as a proposal'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'collecting_account_begins';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="collecting_account_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.bank IS DISTINCT FROM OLD.bank
                       OR NEW.bank_bin IS DISTINCT FROM OLD.bank_bin
                       OR NEW.number IS DISTINCT FROM OLD.number OR NEW.holder IS DISTINCT FROM OLD.holder
                       OR NEW.valid_from IS DISTINCT FROM OLD.valid_from
                       OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id
                       OR (OLD.state = 'proposed' AND NEW.state <> 'proposed' AND NEW.decided_by_id IS NULL)
                       OR (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id
                           AND NOT (OLD.state = 'proposed' AND NEW.state <> 'proposed'))
                       OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to
                           AND (OLD.state <> 'confirmed' OR NEW.valid_to IS NULL
                                OR NEW.valid_to > OLD.valid_to))
                    THEN
                        RAISE EXCEPTION 'tài khoản đã đề nghị chỉ được kết thúc / it can only be ended'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'collecting_account_stays';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="collecting_account_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.bank}"

    def places(self) -> tuple[str, ...]:
        """The office whose account it is."""
        return (self.office.path,)


class PayerAccount(models.Model):
    """Tài khoản đơn vị đã dùng để nộp: learned from matched receipts, used to propose a match."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="payer_accounts")
    number = models.CharField(max_length=40, db_index=True)

    grants = Grants(update=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "number"], name="payer_account_once")]

    def __str__(self) -> str:
        return self.number

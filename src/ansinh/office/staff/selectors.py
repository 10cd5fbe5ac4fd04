"""Đọc tài khoản và quyền: within the units where the actor administers or grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, CharField, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.text import fold
from ansinh.office import hands, reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor, Placed, Verb, actor_of, verbs_of
from ansinh.office.rights.models import Mandate, RoleAssignment, User
from ansinh.office.rights.units import OFFICES
from ansinh.office.signin.models import Invitation
from ansinh.office.staff.models import AccountAct
from ansinh.office.units.models import Unit

MANAGE, GRANT = "staff.manage", "rights.grant"
Right: TypeAlias = RoleAssignment | Mandate
Row = TypeVar("Row", bound=Model)

STANDINGS = (
    ("active", _("Đang dùng")),
    ("invited", _("Chưa mở")),
    ("no_factor", _("Chưa có xác thực hai lớp")),
    ("suspended", _("Tạm ngừng")),
)


def accounts(actor: Actor, verb: str = MANAGE) -> QuerySet[User]:
    """Accounts opened, or holding or having held a right, where the actor holds the verb.

    `standing` is one of `STANDINGS`; `enrolled` says whether there is a second factor.
    """
    here = actor.within(verb, "unit__path")
    phone = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(
        enrolled=Exists(phone),
        standing=Case(
            When(is_active=False, then=Value("suspended")),
            When(password__startswith=UNUSABLE_PASSWORD_PREFIX, then=Value("invited")),
            When(Q(kind=User.Kind.STAFF) & ~Exists(phone), then=Value("no_factor")),
            default=Value("active"),
            output_field=CharField(),
        ),
    ).filter(
        here
        | Exists(RoleAssignment.objects.filter(here, user=OuterRef("pk")))
        | Exists(Mandate.objects.filter(here, user=OuterRef("pk")))
    )


def with_rights_now(actor: Actor, rows: QuerySet[User]) -> QuerySet[User]:
    """The same accounts with `roles_now` and `mandates_now`: what is in force where the actor administers."""
    here = _in_force_now() & actor.within(MANAGE, "unit__path")
    return rows.select_related("unit").prefetch_related(
        Prefetch("roles", RoleAssignment.objects.filter(here).select_related("unit"), to_attr="roles_now"),
        Prefetch("mandates", Mandate.objects.filter(here), to_attr="mandates_now"),
    )


def holding(actor: Actor, rows: QuerySet[User], role: str) -> QuerySet[User]:
    """Those who hold a role today where the actor administers."""
    here = _in_force_now() & actor.within(MANAGE, "unit__path")
    return rows.filter(Exists(RoleAssignment.objects.filter(here, user=OuterRef("pk"), role=role)))


def of_unit(rows: QuerySet[User], unit: int) -> QuerySet[User]:
    """Those opened at a unit, or holding a role at it today."""
    held = RoleAssignment.objects.filter(_in_force_now(), user=OuterRef("pk"), unit_id=unit)
    return rows.filter(Q(unit_id=unit) | Exists(held))


def named(rows: QuerySet[Row], text: str, user: str = "") -> QuerySet[Row]:
    """Rows whose account has the text in its name, with or without marks, or in its username.

    `user` leads to the account: "user__" of a right, "look__user__" of a line of the log.
    """
    wanted = fold(text)
    everybody = User.objects.values_list("pk", "username", "full_name")
    found = [pk for pk, name, full_name in everybody if wanted in fold(full_name) or wanted in name]
    return rows.filter(**{f"{user}pk__in": found})


def _in_force_now() -> Q:
    today = timezone.localdate()
    return Q(state="granted", valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def account(actor: Actor, pk: int, verb: str = MANAGE) -> User:
    """One account. Raises User.DoesNotExist outside the scope; the look is written."""
    scope = accounts(actor, verb).select_related("unit")
    return reading.one(actor, scope, pk, subject=Subject.USER, purpose=Purpose.MANDATE, verb=verb)


def places_of(user: User) -> list[Placed]:
    """Nơi phải có quyền quản lý để đụng đến tài khoản: everywhere it holds a right, or is proposed for one.

    While it holds none: where it was opened; an account that is from nowhere, where its rights were held.
    """
    roles = RoleAssignment.objects.filter(user=user).exclude(state="refused").select_related("unit")
    given = Mandate.objects.filter(user=user, unit__isnull=False).exclude(state="refused")
    rights: list[Right] = [*roles, *given.select_related("unit")]
    standing: list[Placed] = [right for right in rights if right.is_open]
    if standing:
        return standing
    return [user.unit] if user.unit else list(rights)


def may_manage(actor: Actor, user: User) -> bool:
    """Whether the actor administers this account: somebody else's, and everywhere it holds a right."""
    places = places_of(user)
    return actor.user.pk != user.pk and bool(places) and all(actor.may(MANAGE, at=p) for p in places)


def offices(actor: Actor, verb: str) -> QuerySet[Unit]:
    """Cơ quan hiện có: at which the verb is held, the widest first."""
    scope = Unit.objects.filter(actor.within(verb, "path"), kind__in=OFFICES, valid_to__isnull=True)
    return scope.order_by("path")


def roles(actor: Actor, verb: str) -> QuerySet[RoleAssignment]:
    """Role assignments at units where the verb is held."""
    found = RoleAssignment.objects.filter(actor.within(verb, "unit__path"))
    return found.select_related("user", "unit", "proposed_by", "granted_by", "ended_by")


def mandates(actor: Actor, verb: str) -> QuerySet[Mandate]:
    """Mandates given through units where the verb is held."""
    found = Mandate.objects.filter(actor.within(verb, "unit__path"))
    return found.select_related("user", "unit", "proposed_by", "granted_by", "ended_by")


def role(actor: Actor, pk: int) -> RoleAssignment:
    """One role assignment, for whoever administers or grants there. Raises its DoesNotExist."""
    found: RoleAssignment = _right(actor, roles(actor, MANAGE) | roles(actor, GRANT), pk)
    return found


def mandate(actor: Actor, pk: int) -> Mandate:
    """One mandate, for whoever administers or grants there. Raises its DoesNotExist."""
    found: Mandate = _right(actor, mandates(actor, MANAGE) | mandates(actor, GRANT), pk)
    return found


def _right(actor: Actor, scope: QuerySet[Any], pk: int) -> Any:
    """Through the account it is for: that is whom the page shows."""
    found = scope.filter(pk=pk).first() if 0 <= pk < 2**63 else None
    if found is None:
        reading.missed(actor, Subject.USER, 0, purpose=Purpose.MANDATE, verb=GRANT)
        raise scope.model.DoesNotExist
    reading.shown(actor, Subject.USER, [found.user_id], purpose=Purpose.MANDATE)
    return found


def rights_of(actor: Actor, user: User) -> list[Right]:
    """Vai trò và ủy quyền của một tài khoản: where the actor administers, the latest first."""
    held: list[Right] = [
        *roles(actor, MANAGE).filter(user=user),
        *mandates(actor, MANAGE).filter(user=user),
    ]
    return sorted(held, key=lambda right: right.valid_from, reverse=True)


def everything_of(user: User) -> list[Right]:
    """Mọi quyền của một tài khoản: wherever they are; what a second person must know to decide another."""
    held: list[Right] = [
        *RoleAssignment.objects.filter(user=user).select_related("unit"),
        *Mandate.objects.filter(user=user).select_related("unit"),
    ]
    return sorted(held, key=lambda right: right.valid_from, reverse=True)


def elsewhere(actor: Actor, user: User) -> int:
    """How many rights the account has that are still open where the actor does not administer."""
    held = everything_of(user)
    return sum(right.is_open and not actor.may(MANAGE, at=right) for right in held)


@dataclass(frozen=True)
class Allowed:
    """Được làm gì ở đâu: the verbs of one right in force today."""

    place: str
    role: str
    verbs: tuple[Verb, ...]


def allowed(user: User) -> list[Allowed]:
    """Những việc tài khoản được làm hôm nay: by place."""
    actor = actor_of(user)
    names = dict(Unit.objects.filter(path__in=[h.path for h in actor.held]).values_list("path", "name"))
    found = [
        Allowed(names[h.path], str(RoleAssignment.Role(h.role).label), tuple(verbs_of(h.role)))
        for h in actor.held
    ]
    return found + [
        Allowed(
            f"{Mandate.Party(m.party_kind).label} #{m.party}",
            str(Mandate.Role(m.role).label),
            tuple(verbs_of(m.role)),
        )
        for m in actor.mandates
    ]


def waiting(actor: Actor) -> list[Right]:
    """Quyền chờ đồng ý: proposals this actor may decide, the oldest first."""
    found: list[Right] = [right for rights in waiting_sets(actor) for right in rights]
    return sorted(found, key=lambda right: (right.valid_from, right.pk))


def waiting_sets(actor: Actor) -> list[QuerySet[Any]]:
    """Quyền chờ đồng ý: as two sets, roles and mandates, for whoever counts them."""
    found: list[QuerySet[Any]] = []
    for thing, scope in (("role", roles(actor, GRANT)), ("mandate", mandates(actor, GRANT))):
        others = scope.filter(state="proposed", proposed_by__isnull=False)
        found.append(others.exclude(user=actor.user).exclude(hands.mine(actor, thing)))
    return found


def invitation(user: User) -> Invitation | None:
    """Thư mời gần nhất."""
    return Invitation.objects.filter(user=user).select_related("made_by").order_by("-made_at").first()


def acts(user: User) -> QuerySet[AccountAct]:
    """Việc quản trị đã làm với tài khoản: the latest first."""
    return AccountAct.objects.filter(user=user).select_related("by").order_by("-at", "-pk")


def in_force(right: Right) -> str:
    """Tình trạng hôm nay: proposed, refused, ended, past, future or now."""
    today = timezone.localdate()
    if right.state != right.State.GRANTED:
        return str(right.state)
    if right.valid_to is not None and right.valid_to < today:
        return "past"
    return "future" if right.valid_from > today else "now"

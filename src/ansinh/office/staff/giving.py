"""Giao quyền: one person proposes a role or a mandate, another gives it; taking away needs one.

The second person holds `rights.grant` at the unit, and is neither who proposed it nor who it is for. What is
decided is what was seen: `seen` is the digest of everything the page showed.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office import hands
from ansinh.office.rights import Actor, Denied, actor_of, require
from ansinh.office.rights.models import Mandate, RoleAssignment, User
from ansinh.office.rights.units import OFFICES
from ansinh.office.security import security
from ansinh.office.staff.selectors import GRANT, MANAGE, Right, accounts, offices
from ansinh.office.units.models import Unit

State = RoleAssignment.State
Given = TypeVar("Given", bound=RoleAssignment | Mandate)
REASON_MAX = 200


class RightError(BilingualError):
    """Không đề nghị, không quyết định được quyền này: why, in both languages."""


def thing(right: Right) -> str:
    """How the four eyes call it: "role" or "mandate"."""
    return "role" if isinstance(right, RoleAssignment) else "mandate"


def seen(right: Right, *shown: object) -> str:
    """Dấu của điều trang cho xem: the proposal, whom it is for, what they hold, what else was shown."""
    user = User.objects.get(pk=right.user_id)
    facts = [
        thing(right), right.pk, right.role, right.unit_id, right.valid_from, right.valid_to, right.decision,
        right.state, right.proposed_by_id, user.username, user.full_name, user.is_active,
    ]  # fmt: skip
    if isinstance(right, Mandate):
        facts += [right.party_kind, right.party]
    return hands.seen(facts, _held(user), shown)


@transaction.atomic
def propose_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None,
    decision: str,
) -> RoleAssignment:
    """Đề nghị một vai trò: at a unit. Raises `Denied`, RightError."""
    require(actor, MANAGE, at=unit)
    decision = _asked(actor, user, User.Kind.STAFF, valid_from, valid_to, decision)
    if role not in RoleAssignment.Role.values:
        raise RightError("Vai trò không có.", "There is no such role.", code="right.role")
    if unit.kind not in OFFICES or not offices(actor, MANAGE).filter(pk=unit.pk).exists():
        raise RightError("Cơ quan không còn hoạt động.", "The unit is over.", code="right.unit")
    same = RoleAssignment.objects.filter(user=user, role=role, unit=unit)
    _refuse_twice(same, valid_from, valid_to)
    made = RoleAssignment.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        decision=decision,
        proposed_by=actor.user,
    )
    hands.wrote(actor, "role", made.pk, act="propose")
    security("rights.proposed", by=actor.user.pk, user=user.pk, role=role, unit=unit.pk)
    return made


@transaction.atomic
def propose_mandate(
    *,
    actor: Actor,
    user: User,
    party_kind: str,
    party: int,
    unit: Unit,
    role: str,
    valid_from: date,
    valid_to: date | None,
    decision: str,
) -> Mandate:
    """Đề nghị một ủy quyền: for a party of a register, whose office in charge is `unit`.

    The caller has opened the party through its register's door. Raises `Denied`, RightError.
    """
    require(actor, MANAGE, at=unit)
    decision = _asked(actor, user, User.Kind.OUTSIDE, valid_from, valid_to, decision)
    known = party_kind in Mandate.Party.values
    if not known or role not in Mandate.ROLES_OF[Mandate.Party(party_kind)]:
        raise RightError("Vai trò không hợp với bên này.", "Not a role for this party.", code="right.role")
    same = Mandate.objects.filter(user=user, role=role, party_kind=party_kind, party=party)
    _refuse_twice(same, valid_from, valid_to)
    made = Mandate.objects.create(
        user=user,
        role=role,
        party_kind=party_kind,
        party=party,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        decision=decision,
        proposed_by=actor.user,
    )
    hands.wrote(actor, "mandate", made.pk, act="propose")
    security("rights.proposed", by=actor.user.pk, user=user.pk, mandate=made.pk, unit=unit.pk)
    return made


@transaction.atomic
def grant(*, actor: Actor, right: Given, seen: str, shown: tuple[object, ...] = ()) -> Given:
    """Đồng ý: the second person gives what was proposed. Raises `Denied`, RightError, HandError."""
    current = _to_decide(actor, right, seen, shown)
    if not current.user.is_active:
        raise RightError(
            "Tài khoản đang tạm ngừng nên không nhận thêm quyền.",
            "The account is suspended and cannot be given a right.",
            code="right.suspended",
        )
    if current.valid_to is not None and current.valid_to < timezone.localdate():
        raise RightError("Thời hạn đề nghị đã qua.", "What was proposed is over.", code="right.over")
    proposer = current.proposed_by
    if proposer is None or not proposer.is_active or not actor_of(proposer).may(MANAGE, at=current):
        raise RightError(
            "Người đề nghị không còn quyền quản lý ở cơ quan này; người khác phải đề nghị lại.",
            "Who proposed it no longer administers this unit; somebody else must propose it again.",
            code="right.proposer",
        )
    return _decide(actor, current, State.GRANTED, seen)


@transaction.atomic
def refuse(*, actor: Actor, right: Given, reason: str, seen: str, shown: tuple[object, ...] = ()) -> Given:
    """Không đồng ý: with the reason. Raises `Denied`, RightError, HandError."""
    current = _to_decide(actor, right, seen, shown)
    current.reason = _reason(reason)
    return _decide(actor, current, State.REFUSED, seen)


@transaction.atomic
def end(*, actor: Actor, right: Given, reason: str, on: date | None = None) -> Given:
    """Thu hồi: one administrator takes a right away, or a proposal back. It takes effect at once.

    With a later day `on` the right is shortened to it. Raises `Denied`, RightError.
    """
    current = _locked(right)
    if current.user_id == actor.user.pk:
        raise Denied(MANAGE)
    require(actor, MANAGE, at=current)
    if current.state not in {State.PROPOSED, State.GRANTED}:
        raise RightError("Quyền này đã kết thúc.", "This right is over.", code="right.decided")
    today = timezone.localdate()
    if current.state == State.GRANTED and on is not None and on > today:
        return _shortened(actor, current, on, _reason(reason))
    if current.state == State.GRANTED and (current.valid_to is None or current.valid_to > today):
        current.valid_to = max(today, current.valid_from)
    current.state, current.reason = State.ENDED, _reason(reason)
    current.ended_by, current.ended_at = actor.user, timezone.now()
    current.save(update_fields=["state", "valid_to", "reason", "ended_by", "ended_at"])
    _tell("rights.ended", actor, current)
    return current


def _shortened(actor: Actor, current: Given, on: date, reason: str) -> Given:
    if on < current.valid_from or (current.valid_to is not None and on > current.valid_to):
        raise RightError(
            "Ngày cuối phải nằm trong thời hạn của quyền; kéo dài là một đề nghị mới.",
            "The last day must lie within the right; to prolong it is another proposal.",
            code="right.days",
        )
    current.valid_to, current.reason = on, reason
    current.save(update_fields=["valid_to", "reason"])
    _tell("rights.shortened", actor, current)
    return current


def _asked(
    actor: Actor, user: User, kind: str, valid_from: date, valid_to: date | None, decision: str
) -> str:
    """What every proposal needs; returns the decision's number as it is kept."""
    if user.pk == actor.user.pk or not accounts(actor).filter(pk=user.pk).exists():
        raise Denied(MANAGE)
    if user.kind != kind:
        raise RightError(
            "Viên chức nhận vai trò, người bên ngoài nhận ủy quyền.",
            "Officers hold roles, people from outside hold mandates.",
            code="right.kind",
        )
    if not user.is_active:
        raise RightError("Tài khoản đang tạm ngừng.", "The account is suspended.", code="right.suspended")
    if valid_to is not None and (valid_to < valid_from or valid_to < timezone.localdate()):
        raise RightError(
            "Ngày cuối phải từ hôm nay và từ ngày đầu trở đi.",
            "The last day is neither before the first nor in the past.",
            code="right.days",
        )
    if not decision.strip():
        raise RightError(
            "Ghi số văn bản giao quyền.", "Give the number of the decision.", code="right.decision"
        )
    return decision.strip()[:60]


def _refuse_twice(same: QuerySet[Given], valid_from: date, valid_to: date | None) -> None:
    """The same right twice at a time: shorten or end the first."""
    open_ones = same.filter(state__in=[State.PROPOSED, State.GRANTED])
    begun = open_ones.filter(valid_from__lte=valid_to) if valid_to else open_ones
    if begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)).exists():
        raise RightError(
            "Đã có, hoặc đang chờ đồng ý, đúng quyền này trong thời gian ấy.",
            "This very right is held, or waits, during that time.",
            code="right.twice",
        )


def _to_decide(actor: Actor, right: Given, digest: str, shown: tuple[object, ...]) -> Given:
    """The proposal, locked, if this actor may decide it and has seen it as it stands."""
    current = _locked(right)
    require(actor, GRANT, at=current)
    if current.user_id == actor.user.pk:
        raise Denied(GRANT)
    if current.state != State.PROPOSED:
        raise RightError("Đề nghị này đã được quyết định.", "It is decided already.", code="right.decided")
    hands.require_seen(digest, seen(current, *shown))
    return current


def _decide(actor: Actor, current: Given, state: str, digest: str) -> Given:
    hands.decided(actor, thing(current), current.pk, act=state, seen=digest)
    current.state, current.granted_by, current.granted_at = state, actor.user, timezone.now()
    current.save(update_fields=["state", "granted_by", "granted_at", "reason"])
    _tell(f"rights.{state}", actor, current)
    return current


def _locked(right: Given) -> Given:
    held = type(right).objects.select_for_update(of=("self",)).select_related("user", "unit", "proposed_by")
    return cast("Given", held.get(pk=right.pk))


def _held(user: User) -> list[tuple[object, ...]]:
    """What somebody holds or is proposed for, in a fixed order."""
    columns = ("pk", "role", "unit_id", "valid_from", "valid_to", "state")
    roles = RoleAssignment.objects.filter(user=user).order_by("pk").values_list(*columns)
    return [
        *roles,
        *Mandate.objects.filter(user=user).order_by("pk").values_list(*columns, "party_kind", "party"),
    ]


def _reason(text: str) -> str:
    if not text.strip():
        raise RightError("Ghi lý do.", "Give the reason.", code="right.reason")
    return text.strip()[:REASON_MAX]


def _tell(event: str, actor: Actor, right: Right) -> None:
    mandate = right.pk if isinstance(right, Mandate) else None
    security(
        event,
        by=actor.user.pk,
        user=right.user_id,
        role=str(right.role),
        unit=right.unit_id,
        mandate=mandate,
    )

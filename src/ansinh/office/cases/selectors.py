"""Đọc hồ sơ: queues that every room's procedures feed, what waits, what is done, what was returned and why.

A queue costs a constant number of queries, whatever the number of procedures and cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from ansinh.office.cases import procedures
from ansinh.office.cases.models import Case, CaseEvent, CaseParty, CaseWait
from ansinh.office.cases.papers import CaseBar, CaseStandIn, CaseVerdict
from ansinh.office.cases.states import ASKED, CLOSED, OPEN
from ansinh.office.hands.models import Hand
from ansinh.office.rights import Actor
from ansinh.office.rights import verb as verb_of
from ansinh.office.rights.models import RoleAssignment


@dataclass(frozen=True, slots=True)
class Counts:
    """Số việc của một người: held, takeable, waiting for others, late."""

    mine: int
    free: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Returned:
    """Trả lại theo nguyên nhân: how often points of a procedure were sent back for a cause."""

    procedure: str
    point: str
    cause: str
    count: int


def in_scope(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may read: each procedure by its own verb, at the office or for a party of theirs."""
    scope = Q(pk__in=[])
    for procedure in procedures.registered():
        seen = actor.within(procedure.read_verb)
        for kind in dict.fromkeys(m.party_kind for m in actor.mandates):
            keys = actor.parties(procedure.read_verb, kind)
            if keys:
                theirs = CaseParty.objects.filter(case=OuterRef("pk"), kind=kind, key__in=keys)
                seen |= Q(Exists(theirs))
        scope |= Q(procedure=procedure.code) & seen
    return _told(Case.objects.filter(scope)).order_by("due_on", "pk")


def mine(actor: Actor) -> QuerySet[Case]:
    """Việc của tôi: what I hold, and those whom I stand in for today; nothing that waits, due first."""
    return _workable(_held_by(actor)).order_by("due_on", "pk")


def takeable(actor: Actor) -> QuerySet[Case]:
    """Việc chưa ai nhận mà tôi làm được: never my own to decide, never of people I must avoid.

    What is held by somebody who can no longer act is nobody's: a suspended account, one that must keep away
    from today on, one without the right, one who has become its maker.
    """
    free = _workable(Case.objects.filter(_held_by_nobody())).filter(_may_do(actor))
    free = free.exclude(_own_to_decide(actor.user)).exclude(_barred(actor))
    return free.order_by("due_on", "pk")


def waiting(actor: Actor) -> QuerySet[Case]:
    """Đang chờ: open cases of mine, or of my queues, that wait for somebody until a day to come."""
    # where the actor may act is asked first: it costs nothing beside whether somebody can still act
    ours = Case.objects.filter(Q(assigned_to__in=_stood_for(actor)) | (_may_do(actor) & _held_by_nobody()))
    return _told(ours.filter(_waits(), state__in=OPEN)).exclude(_barred(actor)).order_by("due_on", "pk")


def done(actor: Actor) -> QuerySet[Case]:
    """Đã xong: closed cases in which I did something, the latest first."""
    acted = CaseEvent.objects.filter(case=OuterRef("pk"), user=actor.user)
    return _told(Case.objects.filter(Exists(acted), state__in=CLOSED)).order_by("-decided_at", "-pk")


def counts(actor: Actor, *, most: int, waits: int | None = None) -> Counts:
    """Bốn con số của trang việc: at most four queries; one less when it is known how many wait.

    Of more than `most` that anybody may take, or that wait, one more than those.
    """
    today = timezone.localdate()
    held = mine(actor).order_by().aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    waits = _counted(waiting(actor), most) if waits is None else waits
    return Counts(held["all"], _count_takeable(actor, most), waits, held["late"])


def count_done(actor: Actor, *, most: int) -> int:
    """Số việc đã xong; of more than `most`, one more than those."""
    return _counted(done(actor), most)


def _count_takeable(actor: Actor, most: int) -> int:
    """Those that nobody holds first; whether a holder can still act is asked when they are not too many."""
    unheld = _counted(takeable(actor).filter(assigned_to__isnull=True), most)
    if unheld > most:
        return unheld
    return unheld + _counted(takeable(actor).filter(assigned_to__isnull=False), most - unheld)


def _counted(rows: QuerySet[Case], most: int) -> int:
    return rows.order_by().values("pk")[: most + 1].count()


def events(case: Case) -> QuerySet[CaseEvent]:
    """Diễn biến của một hồ sơ: the first first."""
    return CaseEvent.objects.filter(case=case).select_related("user").order_by("pk")


def rounds(case: Case) -> QuerySet[Case]:
    """Các lần của cùng một việc: the first first."""
    return Case.objects.filter(thing_kind=case.thing_kind, thing_id=case.thing_id).order_by("round")


def returned(actor: Actor, since: date, until: date) -> list[Returned]:
    """Số lần trả lại theo nguyên nhân: of cases in scope, by procedure, point and cause; one query."""
    found = (
        CaseVerdict.objects.filter(
            verdict=CaseVerdict.Verdict.RETURNED,
            at__date__gte=since,
            at__date__lte=until,
            case__in=in_scope(actor).order_by(),
        )
        .values_list("case__procedure", "point", "cause")
        .annotate(n=Count("pk"))
        .order_by("case__procedure", "point", "cause")
    )
    return [Returned(*row) for row in found]


def _told(found: QuerySet[Case]) -> QuerySet[Case]:
    open_ones = CaseWait.objects.filter(ended_at__isnull=True)
    return found.select_related("office", "assigned_to").prefetch_related(
        Prefetch("waits", open_ones, "open_waits")
    )


def _waits() -> Exists:
    """An open wait whose day has not passed: once it has, somebody must do what was to be done then."""
    running = CaseWait.objects.filter(
        case=OuterRef("pk"), ended_at__isnull=True, until__gte=timezone.localdate()
    )
    return Exists(running)


def _workable(found: QuerySet[Case]) -> QuerySet[Case]:
    return _told(found.filter(state__in=OPEN).exclude(_waits()))


def _stood_for(actor: Actor) -> list[int]:
    today = timezone.localdate()
    rows = CaseStandIn.objects.filter(
        stand_in=actor.user, ended_at__isnull=True, valid_from__lte=today, valid_to__gte=today
    )
    return [actor.user.pk, *rows.values_list("officer_id", flat=True)]


def _held_by(actor: Actor) -> QuerySet[Case]:
    """Held by the actor, or by somebody they stand in for where their own rights reach and no bar stands."""
    theirs = _stood_for(actor)
    own = Case.objects.filter(assigned_to=actor.user)
    if len(theirs) > 1:
        lent = Q(assigned_to__in=theirs) & _may_do(actor) & ~Q(_own_to_decide(actor.user))
        own |= Case.objects.filter(lent)
    return own.exclude(_barred(actor))


def _held_by_nobody() -> Q:
    """Nobody has it, or only somebody suspended, barred from its people, without the verb, or its maker."""
    today = timezone.localdate()
    bars = _bars(officer=OuterRef(OuterRef("assigned_to")))
    lacking: Q = Q(pk__in=[])
    for name in sorted({step.verb for procedure in procedures.registered() for step in procedure.steps}):
        roles = RoleAssignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today),
            user=OuterRef("assigned_to"),
            role__in=verb_of(name).roles,
            state=RoleAssignment.State.GRANTED,
            valid_from__lte=today,
        )
        place = roles.annotate(place=ExpressionWrapper(OuterRef("office__path"), CharField()))
        lacking |= Q(Q(queue=name), ~Exists(place.filter(place__startswith=F("unit__path"))))
    barred = Exists(CaseParty.objects.filter(Exists(bars), case=OuterRef("pk")))
    own = _own_to_decide(OuterRef("assigned_to"))
    return Q(assigned_to__isnull=True) | Q(assigned_to__is_active=False) | Q(barred) | lacking | own


def _may_do(actor: Actor) -> Q:
    """The step waits in a queue whose verb the actor holds there."""
    verbs = {step.verb for procedure in procedures.registered() for step in procedure.steps}
    scope = Q(pk__in=[])
    for verb in sorted(verbs):
        if actor.paths(verb):
            scope |= Q(queue=verb) & actor.within(verb)
    return scope


def _own_to_decide(user: Any) -> Q:
    deciding = Q(pk__in=[])
    for procedure in procedures.registered():
        deciding |= Q(procedure=procedure.code, step=procedure.deciding.code)
    written = Hand.objects.filter(
        thing=OuterRef("thing_kind"), key=OuterRef("thing_id"), user=user, part=Hand.Part.MAKER
    )
    return Q(Exists(written)) & deciding & Q(four_eyes=True)


def _barred(actor: Actor) -> Exists:
    return Exists(CaseParty.objects.filter(Exists(_bars(officer=actor.user)), case=OuterRef("pk")))


def _bars(officer: Any) -> QuerySet[CaseBar]:
    """Bars of today against an officer, of the party of the query around."""
    today = timezone.localdate()
    return CaseBar.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        officer=officer,
        party_kind=OuterRef("kind"),
        party=OuterRef("key"),
        ended_at__isnull=True,
        valid_from__lte=today,
    )


def asked(case: Case) -> CaseWait | None:
    """Điều đang hỏi người nộp: if anything."""
    return CaseWait.objects.filter(case=case, reason__in=ASKED, ended_at__isnull=True).first()

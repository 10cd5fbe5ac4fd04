"""Hạn giải quyết: one function for every case; law's limit and announced time apart, the sooner counts.

Days are counted as the law counts them (`ansinh.law.dossier`), announced days off as the calendar has them.
While the filer is asked for papers or money the clock stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ansinh.kernel import workdays
from ansinh.kernel.words import Words
from ansinh.law import dossier
from ansinh.law.dossier import Mode, Term, Wait
from ansinh.office.cases import procedures
from ansinh.office.cases.models import Case, CaseDue, CaseWait
from ansinh.office.cases.procedures import Clock, Procedure
from ansinh.office.cases.states import ASKED, OPEN
from ansinh.office.rights import Actor, require

Pause = tuple[date, date]
"""Asked on, answered on."""


@dataclass(frozen=True, slots=True)
class Due:
    """Hạn của một hồ sơ: by law, as announced, and the sooner of both."""

    law_on: date | None
    announced_on: date | None

    @property
    def on(self) -> date:
        """The day the office answers for. Procedures always have one (`loading`)."""
        days = [day for day in (self.announced_on, self.law_on) if day is not None]
        if not days:
            raise LookupError("no clock of the office holds on this day")
        return min(days)


def of(procedure: Procedure, received_on: date, filed_by: str, pauses: Sequence[Pause] = ()) -> Due:
    """Hạn tính từ ngày nhận đủ hồ sơ: with the clocks in force on that day.

    A procedure of the law library has the library's clocks; any other counts its own in the same way.
    """
    if procedure.law_clock:
        who = filed_by if filed_by in {"employer", "person"} else None
        found = dossier.due(
            procedure.law_clock,
            received_on,
            filed_by=who,  # type: ignore[arg-type]  # one of the two, or unknown
            waits=[Wait(*pause) for pause in pauses],
            told=workdays.known(),
        )
        return Due(found.law_due_on, found.announced_due_on)
    return Due(
        _by(procedure, "law", received_on, filed_by, pauses),
        _by(procedure, "announced", received_on, filed_by, pauses),
    )


def _by(
    procedure: Procedure, basis: str, received_on: date, filed_by: str, pauses: Sequence[Pause]
) -> date | None:
    clock = _clock(procedure, basis, received_on, filed_by)
    if clock is None:
        return None
    waits = [Wait(*pause) for pause in pauses]
    return dossier.ends(received_on, Term(clock.days, Mode(clock.mode)), waits, told=workdays.known()).last_on


def _clock(procedure: Procedure, basis: str, received_on: date, filed_by: str) -> Clock | None:
    """The office's clock of this basis; one for this kind of filer before one for everybody."""
    held = [
        c
        for c in procedure.clocks
        if c.who == "office" and c.basis == basis and c.holds(received_on, filed_by)
    ]
    return min(held, key=lambda clock: clock.filed_by == "", default=None)


def pauses_of(cases: Iterable[Case]) -> dict[int, list[Pause]]:
    """Những lần đồng hồ dừng: by case; what the filer was asked and has answered."""
    waits = CaseWait.objects.filter(case__in=list(cases), reason__in=ASKED, ended_on__isnull=False)
    found: dict[int, list[Pause]] = {}
    for row in waits.order_by("since"):
        if row.ended_on is not None:
            found.setdefault(row.case_id, []).append((row.since, row.ended_on))
    return found


def again(cases: Sequence[Case], why: Words) -> int:
    """Tính lại hạn của hồ sơ đang mở, trong giao dịch của người gọi; each that moves says why."""
    pauses = pauses_of(cases)
    moved, told = [], []
    with workdays.supposing(workdays.known()):  # the record of days off is read once, however many there are
        for case in cases:
            due = of(procedures.of(case.procedure), case.received_on, case.filed_by, pauses.get(case.pk, ()))
            if (due.law_on, due.announced_on, due.on) == (
                case.law_due_on,
                case.announced_due_on,
                case.due_on,
            ):
                continue
            if due.on != case.due_on:
                told.append(CaseDue(case=case, before=case.due_on, after=due.on, vi=why.vi, en=why.en))
            case.law_due_on, case.announced_due_on, case.due_on = due.law_on, due.announced_on, due.on
            moved.append(case)
    if moved:
        Case.objects.bulk_update(moved, ["law_due_on", "announced_due_on", "due_on"])
        CaseDue.objects.bulk_create(told)
    return len(told)


@transaction.atomic
def recompute(*, actor: Actor, procedure: str, why: Words) -> int:
    """Tính lại hạn của mọi hồ sơ đang mở: where work is given out, as after a notice; how many moved.

    A constant number of statements.
    """
    verb = procedures.of(procedure).assign_verb
    found = Case.objects.filter(actor.within(verb), procedure=procedure, state__in=OPEN)
    cases = list(found.select_for_update(of=("self",), no_key=True).select_related("office").order_by("pk"))
    for case in cases:
        require(actor, verb, at=case)
    return again(cases, why)

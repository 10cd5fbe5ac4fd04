"""Kiểm tra một danh sách: planned with what the actor may know; what was found is kept, the state follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ansinh.collection.declarations import casework, identity, judging, limits, money, plan, record, storage
from ansinh.collection.declarations import preview as previews
from ansinh.collection.declarations.findings import TOO_MANY
from ansinh.collection.declarations.plan import Plan
from ansinh.collection.declarations.scope import DeclarationError, books_start, employer_of
from ansinh.collection.models import Declaration
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.limits import KEPT, MANY, too_many
from ansinh.office.alarms.models import Kind
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers.models import Employer


def examine(
    actor: Actor, declaration: Declaration, month: Month, rows: Sequence[D02Row] | None = None
) -> None:
    """Kiểm tra mọi dòng: checked with what the actor may know, and keep what was found; the state follows."""
    employer = employer_of(declaration)
    declaration.month = month.index
    made = planned(actor, declaration, employer, storage.rows(declaration) if rows is None else rows, month)
    whole = [f for f in storage.reading(declaration.header) if f.row not in {a.row.row for a in made.lines}]
    sums = money.of(made, employer)
    money.compare_wages(made, sums)
    found = [*whole, *made.findings, *(f for line in made.lines for f in line.findings)]
    storage.store(declaration, made)
    _tell(actor, made, employer)
    declaration.problems = [f.json() for f in found]
    shown = previews.of(made, sums)
    declaration.preview = shown.json()
    declaration.needs_second = bool(limits.Limits.of(declaration.office).above(shown))
    stopped = previews.has_errors(found)
    declaration.save(update_fields=["month", "problems", "preview", "needs_second"])
    casework.examined(declaration, stopped=stopped)
    declaration.state = Declaration.State.DRAFT if stopped else Declaration.State.CHECKED
    declaration.save(update_fields=["state"])


def _tell(actor: Actor, made: Plan, employer: Employer) -> None:
    """Note whom the check told of, and count what did not match; a list not answered by row counts MANY."""
    told = {int(line.key[1]) for line in made.lines if line.key and line.key[0] == "id"}
    told |= {person for line in made.lines for f in line.findings for person in f.about}
    reading.shown(actor, Subject.PERSON, told, purpose=Purpose.DECLARE)
    if made.mismatches:
        _mismatched(actor, MANY if made.silent else made.mismatches, employer)


def _mismatched(actor: Actor, times: int, employer: Employer) -> None:
    reading.missed(actor, Subject.NUMBER, 0, purpose=Purpose.DECLARE, verb="person.read")
    alarms.mismatched(actor, Kind.CHECK, times, employer=employer.pk, office=employer.office)


def planned(
    actor: Actor,
    declaration: Declaration,
    employer: Employer,
    rows: Sequence[D02Row],
    month: Month,
    *,
    settled: Mapping[int, int] | None = None,
    lock: bool = False,
) -> Plan:
    """Kế hoạch ghi nhận: as the actor may make it; `settled` are persons the check found, by position."""
    people = record.find(actor, rows, lock=lock)
    unmatched = list(declaration.preview.get("unmatched", ()))
    verdicts = identity.verify(rows, people, settled, unmatched)
    if any(verdict.strange for verdict in verdicts):
        alarms.admit(actor, Kind.CHECK, employer=employer.pk)
    mismatches = sum(verdict.mismatch for verdict in verdicts)
    if len(rows) > KEPT and too_many(mismatches, len(rows)):
        _mismatched(actor, MANY, employer)
        raise DeclarationError(TOO_MANY.vi, TOO_MANY.en, code=TOO_MANY.code)
    record.fill(actor, employer, (v.held for v in verdicts if v.held))
    scene = plan.Scene(
        health_group=employer.health_group,
        month=month,
        received_on=date.fromisoformat(declaration.header["received_on"]),
        books_start=books_start(employer),
        mark=declaration.pk,
        sheet=declaration.header.get("sheet", ""),
    )
    misread = storage.by_position(storage.reading(declaration.header), rows)
    misread.pop(0, None)
    made = judging.make(scene, rows, verdicts, misread)
    made.unmatched = unmatched
    return made

"""Xét một danh sách: every row judged against the register makes the plan. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ansinh.collection.declarations import changes
from ansinh.collection.declarations.findings import TOO_MANY, Finding, Level
from ansinh.collection.declarations.identity import Verdict
from ansinh.collection.declarations.plan import ACCEPTED, ERROR, Judge, Key, Line, Plan, Scene, Someone
from ansinh.collection.declarations.spans import RUNNING
from ansinh.forms.intake.d02 import D02Row
from ansinh.law.contributions.facts import FIRST_MONTH
from ansinh.office.alarms import limits


def make(
    scene: Scene,
    rows: Sequence[D02Row],
    verdicts: Sequence[Verdict],
    misread: dict[int, list[Finding]] | None = None,
) -> Plan:
    """Judge all rows. `misread` are the findings of reading, by position; such rows change nothing.

    When too many rows do not match the register, no row that names a stranger is answered by itself, neither
    yes nor no: one finding says so of the whole list.
    """
    plan = Plan(scene, [], {}, mismatches=sum(v.mismatch for v in verdicts))
    plan.silent = limits.too_many(plan.mismatches, len(rows))
    if plan.silent:
        plan.findings.append(replace(TOO_MANY, sheet=scene.sheet))
    seen: dict[tuple[Key, str, int, int], int] = {}
    for position, (row, verdict) in enumerate(zip(rows, verdicts, strict=True), start=1):
        line = Line(position, row)
        plan.lines.append(line)
        judge = Judge(line, scene.sheet)
        line.findings += (misread or {}).get(position, [])
        if line.findings:
            line.outcome = ERROR
        if plan.silent and verdict.strange:
            line.outcome = ERROR
        else:
            _identify(plan, line, verdict, judge)
        _months(scene, line, judge)
        if line.key and row.change:
            same = (line.key, row.change, line.first, line.last)
            if same in seen and line.outcome != ERROR:
                first = plan.lines[seen[same] - 1].row.row or seen[same]
                judge.error(
                    "si_number",
                    "row.repeated",
                    f"Trùng với dòng {first} (cùng người, cùng loại, cùng tháng).",
                    f"Repeats row {first} (same person, kind and months).",
                )
            seen.setdefault(same, position)
    # A person's rows act in the order of their months, whatever their order in the list.
    for line in sorted(plan.lines, key=lambda a: (a.first, a.position)):
        if line.outcome == ACCEPTED and line.key is not None:
            someone = plan.people[line.key]
            changes.apply(scene, line, someone, Judge(line, scene.sheet))
    _drop_idle(plan)
    return plan


def _identify(plan: Plan, line: Line, verdict: Verdict, judge: Judge) -> None:
    row, held = line.row, verdict.held
    if not row.person:
        return
    for said in verdict.said:
        if said.level == Level.ERROR:
            line.outcome = ERROR
        judge.note(said.level, said.column, said.code, said.vi, said.en, about=said.about)
    if verdict.hidden:
        plan.hidden.append(line.position)
    if held is not None:
        line.key = ("id", str(held.id))
        if line.key not in plan.people:
            plan.people[line.key] = Someone(line.key, held, before=held.here, after=held.here)
    elif row.citizen_id and line.outcome != ERROR:
        line.key = ("new", row.citizen_id)
        plan.people.setdefault(line.key, Someone(line.key, None))
    someone = plan.people.get(line.key) if line.key else None
    if someone and row.note and not someone.account_note:
        someone.account_note = row.note


def _months(scene: Scene, line: Line, judge: Judge) -> None:
    row = line.row
    if row.from_month is None:
        return
    line.first = row.from_month.index
    line.last = row.to_month.index if row.to_month else RUNNING
    # A leave or a departure is known before it begins; nothing else is declared ahead of its month.
    ahead = 1 if row.direction in {"decrease", "suspend"} else 0
    if line.first > scene.month.index + ahead:
        judge.error(
            "from_month",
            "month.future",
            f"Từ tháng {row.from_month.vi()} sau kỳ thu {scene.month.vi()}.",
            f"The first month {row.from_month} is after the month of collection {scene.month}.",
        )

    if row.from_month < FIRST_MONTH:
        judge.error(
            "from_month",
            "month.before_law",
            f"Từ tháng {row.from_month.vi()} trước {FIRST_MONTH.vi()}: ngoài thời gian phần mềm tính đóng.",
            f"The first month {row.from_month} is before {FIRST_MONTH}, the first that is computed here.",
        )


def _drop_idle(plan: Plan) -> None:
    used = {line.key for line in plan.lines if line.outcome == ACCEPTED}
    plan.people = {key: someone for key, someone in plan.people.items() if key in used}

"""Dữ kiện của hồ sơ: read for many cases at once, compared with what each step was answered on.

A branch calls `changed` in its own transaction when something it keeps has changed. Every open case of the
people or things named goes back to the earliest step that the change touches, says why, and keeps its other
answers. What a page opens is compared too (`look`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.kernel.words import Words
from ansinh.office.cases import procedures, questions, writing
from ansinh.office.cases.models import Case, CaseParty, CaseStep
from ansinh.office.cases.procedures import Procedure, Step
from ansinh.office.cases.states import OPEN
from ansinh.office.cases.triggers import BARRED, TODAY

Parties = Mapping[str, Iterable[int]]
"""Keys by kind: {"person": [1, 2], "employer": [7]}."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Hồ sơ bị chạm: the steps to be done again, the earliest first, and why."""

    case: Case
    steps: tuple[Step, ...]
    why: Words


def read(procedure: Procedure, keys: Sequence[int], names: Collection[str] | None = None) -> procedures.Facts:
    """Facts of many things, by their keys: all that the procedure names, or these."""
    wanted = set(procedure.facts if names is None else names)
    if not keys or not wanted:
        return {key: {} for key in keys}
    found = procedures.provider_of(procedure.code).facts(list(keys), wanted)
    return {key: found.get(key, {}) for key in keys}


@transaction.atomic
def changed(
    event: str, *, parties: Parties | None = None, things: Parties | None = None, because: Words | None = None
) -> int:
    """Một dữ kiện đã đổi, hoặc một việc đã xảy ra: returns how many open cases go back for it.

    `event` is the name of a fact that steps read, or of an event that reopens them. Steps that read the fact
    go back only where it is no longer what they were answered on. The number of queries is that of the
    procedures touched, whatever the number of people.
    """
    codes = [p.code for p in procedures.registered() if p.touched_by(event)]
    if not codes:
        return 0
    found = _locked(Case.objects.filter(_of(parties or {}, things or {}), procedure__in=codes))
    return len(_examine(found, event, because))


def look(case: Case) -> Case:
    """Mở hồ sơ: read its facts again; what no longer holds goes back, as when a room had said so."""
    if not case.is_open:
        return case
    with transaction.atomic():
        found = _locked(Case.objects.filter(pk=case.pk))
        touched = _examine(found, "", None)
    return Case.objects.select_related("office").get(pk=case.pk) if touched else case


def stale(case: Case, facts: Mapping[str, Any]) -> list[str]:
    """The facts on which some answered step no longer stands."""
    done = CaseStep.objects.filter(case=case, state=CaseStep.State.DONE)
    return sorted({name for step in done for name in _differs(step.read, facts)})


def _of(parties: Parties, things: Parties) -> Q:
    whose = Q(pk__in=[])
    for kind, keys in parties.items():
        theirs = CaseParty.objects.filter(case=OuterRef("pk"), kind=kind, key__in=list(keys))
        whose |= Q(Exists(theirs))
    for kind, keys in things.items():
        whose |= Q(thing_kind=kind, thing_id__in=list(keys))
    return whose


def _locked(found: QuerySet[Case]) -> list[Case]:
    """Open cases in the order of their keys, so that two changes at once wait for each other."""
    return list(found.filter(state__in=OPEN).select_for_update(of=("self",), no_key=True).order_by("pk"))


def _examine(cases: Sequence[Case], event: str, because: Words | None) -> list[Touched]:
    """Read the facts of locked cases anew; sync their questions, and send back those that are touched."""
    if not cases:
        return []
    answered: dict[int, list[CaseStep]] = defaultdict(list)
    for row in CaseStep.objects.filter(case__in=cases, state=CaseStep.State.DONE):
        answered[row.case_id].append(row)
    grouped: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        grouped[case.procedure].append(case)
    touched: list[Touched] = []
    for code, some in grouped.items():
        procedure = procedures.of(code)
        facts = read(procedure, [case.thing_id for case in some])
        questions.sync(procedure, some, facts)
        touched += [
            one
            for case in some
            if (one := _touched(procedure, case, answered[case.pk], facts[case.thing_id], event, because))
        ]
    _send_back(touched)
    return touched


def _touched(
    procedure: Procedure,
    case: Case,
    answered: Sequence[CaseStep],
    facts: Mapping[str, Any],
    event: str,
    because: Words | None,
) -> Touched | None:
    rows = {row.code: row for row in answered}
    steps, names = [], []
    for step in procedure.steps:
        if step.code not in rows:
            continue
        differ = _differs(rows[step.code].read, facts)
        if differ or (event and event in step.reopens_on):
            steps.append(step)
            names += differ
    if not steps:
        return None
    return Touched(case, tuple(steps), because or _why(procedure, names, event))


def _differs(before: Mapping[str, str], now: Mapping[str, Any]) -> list[str]:
    return [name for name, digest in before.items() if name in now and procedures.mark(now[name]) != digest]


def _why(procedure: Procedure, names: Sequence[str], event: str) -> Words:
    told = [procedure.facts[name] for name in dict.fromkeys(names) if name in procedure.facts]
    if not told:
        told = [procedure.facts.get(event, Words(event, event))]
    return Words(
        "Dữ kiện đã thay đổi: " + ", ".join(words.vi for words in told),
        "The record changed: " + ", ".join(words.en for words in told),
    )


def _send_back(touched: Sequence[Touched]) -> None:
    """Three statements, whatever their number. Who answered the step is asked again, unless barred since."""
    if not touched:
        return
    pairs = [(one.case.pk, step.code) for one in touched for step in one.steps]
    places = {one.case.pk: one.steps[0] for one in touched}
    barred = BARRED.format(case="c.id", user="s.answered_by_id", day=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE office_casestep s SET state = 'reopened', version = s.version + 1
               FROM unnest(%s::bigint[], %s::text[]) AS t(case_id, code)
               WHERE s.case_id = t.case_id AND s.code = t.code AND s.state = 'done'""",
            [[case for case, _ in pairs], [code for _, code in pairs]],
        )
        cursor.execute(
            f"""UPDATE office_case c SET step = t.step, queue = t.queue,
                  assigned_to_id = CASE WHEN u.is_active AND NOT EXISTS ({barred}) THEN s.answered_by_id END
                FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS t(id, step, queue)
                LEFT JOIN office_casestep s ON s.case_id = t.id AND s.code = t.step
                LEFT JOIN office_user u ON u.id = s.answered_by_id
                WHERE c.id = t.id""",
            [
                list(places),
                [step.code for step in places.values()],
                [step.verb for step in places.values()],
            ],
        )
    writing.note_many(
        [
            writing.Noted(
                one.case, one.case.state, one.steps[0].code,
                Words(f"{one.why.vi}. Trở lại bước “{one.steps[0].name.vi}”.",
                      f"{one.why.en}. Back to the step “{one.steps[0].name.en}”."),
            )
            for one in touched
        ],
        act="rewind",
        user=None,
    )  # fmt: skip

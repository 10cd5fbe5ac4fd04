"""Hồ sơ trên trang của vật: the panel of a case, for the page of whatever the case is about.

context = {"case": casework.panel(request, "refund", refund.pk)}    {# <c-case-panel :panel="case" /> #}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.words import Words
from ansinh.office.cases import overview, rosters, services, states, waits, ways
from ansinh.office.cases.models import Case, CaseEvent, CaseQuestion, CaseStep, CaseWait
from ansinh.office.cases.overview import Allowed, Overview
from ansinh.office.cases.papers import CaseVerdict
from ansinh.office.cases.procedures import Step
from ansinh.office.rights import Actor
from ansinh.web import features
from ansinh.web.features import About
from ansinh.web.staff import caseforms
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import days_left, english
from ansinh.web.ui import cells
from ansinh.web.ui import words as writing

Bound = Mapping[str, Any]
"""Forms that were sent and are to be mended, by act, or "act:code" where there are several."""
TURNS = {
    "office": gettext_lazy("Đến lượt cơ quan BHXH"),
    "filer": gettext_lazy("Đến lượt người nộp"),
    "nobody": "",
}
STEP_STATES = {
    "done": (gettext_lazy("Đã xong"), ""),
    "again": (gettext_lazy("Phải làm lại"), "yellow"),
    "now": (gettext_lazy("Đang làm"), "blue"),
    "todo": (gettext_lazy("Chưa đến"), "grey"),
}

WAYS = {
    ways.HAND_OVER: ("case_hand_over", gettext_lazy("Trả kết quả")),
    ways.AGREE: ("case_withdraw_agree", gettext_lazy("Đồng ý cho rút")),
    ways.KEEP: ("case_withdraw_refuse", gettext_lazy("Không rút nữa")),
    ways.ASK: ("case_withdraw", gettext_lazy("Ghi người nộp xin rút")),
    ways.STOP: ("case_stop", gettext_lazy("Dừng hồ sơ")),
    ways.REOPEN: ("case_reopen", gettext_lazy("Mở lại hồ sơ")),
}
"""Ways out of a case, each a page of its own, in the order in which they are drawn."""
PASSED_ON = {"take", "assign", "release", "lapse"}
"""Acts after which what was to be done is still to be done."""


def told(said: Words) -> str:
    """Words in the reader's language."""
    return said.en if english() else said.vi


def told_of(event: CaseEvent) -> str:
    """An event in the reader's language."""
    return event.en if english() else event.vi


def page_of(case: Case) -> str:
    """Where a case is worked on: the page of its thing, or its own where that has none."""
    thing = features.things().get(case.thing_kind)
    return cells.page_of(thing.url_name, case.thing_id) if thing else cells.page_of("case", case.pk)


def has_page(case: Case) -> bool:
    """Whether the thing of a case has a page."""
    return case.thing_kind in features.things()


def about(actor: Actor, cases: Iterable[Case]) -> dict[tuple[str, int], About]:
    """Hồ sơ nói về gì: by (kind, key) of the thing; a query or two for each kind of thing."""
    keys: dict[str, set[int]] = {}
    for case in cases:
        keys.setdefault(case.thing_kind, set()).add(case.thing_id)
    known = features.things()
    return {
        (kind, key): one
        for kind, some in keys.items()
        if kind in known
        for key, one in known[kind].about(actor, some).items()
    }


def name_of(case: Case) -> str:
    """Mã hồ sơ: a case of before it had numbers is called by its key."""
    return case.number or f"#{case.pk}"


def panel(request: HttpRequest, kind: str, key: int, bound: Bound | None = None) -> dict[str, Any]:
    """The case of a thing, whose page has opened its door already."""
    return drawn(request, services.of_thing(kind, key), bound)


def drawn(request: HttpRequest, case: Case, bound: Bound | None = None) -> dict[str, Any]:
    """A case as the component draws it."""
    actor, sent = actor_of(request), bound or {}
    found, may = overview.of(case), overview.allowed(actor, case)
    national = states.national(case.state)
    return {
        "pk": case.pk,
        "portal": national.code,
        "state": case.get_state_display(),
        "turn": TURNS[national.turn],
        "days": days_left(case.due_on) if case.is_open else None,
        "facts": facts(found),
        "rounds": _rounds(found),
        "steps": [_step(found, step, may, sent) for step in found.procedure.steps],
        "waits": [_wait(wait, may, sent) for wait in found.waits if wait.ended_at is None],
        "lapsed": _lapsed(found),
        "questions": [_question(found, row, may, sent) for row in found.questions],
        "dues": [
            {"at": due.at, "on": due.after, "why": due.en if english() else due.vi} for due in found.dues
        ],
        "events": [_event(event) for event in reversed(found.events)],
        "barred": may.barred,
        "acts": _acts(case, may, sent),
    }


def facts(found: Overview) -> list[dict[str, Any]]:
    """What a case is, since when, until when, with whom."""
    case = found.case
    rows: list[dict[str, Any]] = [
        {"label": _("Mã hồ sơ"), "value": name_of(case), "kind": "code"},
        {"label": _("Thủ tục"), "value": told(found.procedure.name), "note": found.procedure.law},
        {"label": _("Lần"), "value": case.round, "kind": "number"},
        {"label": _("Ngày nhận"), "value": case.received_on, "kind": "date"},
        {"label": _("Hạn giải quyết"), "value": case.due_on, "kind": "date"},
    ]
    if case.law_due_on and case.law_due_on != case.due_on:
        rows.append({"label": _("Hạn theo luật"), "value": case.law_due_on, "kind": "date"})
    if case.is_open:
        nobody = _("Chưa ai nhận")
        holder = case.assigned_to.full_name if case.assigned_to else nobody
        rows.append({"label": _("Người đang giải quyết"), "value": holder})
    elif case.outcome:
        rows.append({"label": _("Kết quả"), "value": case.get_outcome_display()})
    return rows


def _rounds(found: Overview) -> list[dict[str, Any]]:
    if len(found.rounds) == 1:
        return []
    return [
        {
            "round": case.round,
            "state": case.get_state_display(),
            "url": "" if case == found.case else reverse("case", args=[case.pk]),
        }
        for case in found.rounds
    ]


def _step(found: Overview, step: Step, may: Allowed, sent: Bound) -> dict[str, Any]:
    row, case = found.answers.get(step.code), found.case
    state = _state(found, step, row)
    label, tone = STEP_STATES[state]
    deciding = step == found.procedure.deciding
    drawn_step: dict[str, Any] = {
        "name": told(step.name),
        "label": label,
        "tone": tone,
        "answers": _answers(case, row.answer) if row else [],
        "who": row.answered_by or _("phần mềm") if row else "",
        "at": row.answered_at if row else None,
        "why": _why(found, step) if state == "again" else "",
        "code": step.code,
        "confirm": state == "again" and may.wait and _next(case, step),
    }
    if deciding and case.decided_at:
        drawn_step |= {"who": case.decided_by or "", "at": case.decided_at}
    if step.code in case.points:
        drawn_step |= {
            "verdict": _verdict(found.verdicts.get(step.code), row),
            "judge": _judge(found, step, row, may, sent),
        }
    return drawn_step


def _next(case: Case, step: Step) -> bool:
    return case.step == step.code and confirms(case, step.code)


def confirms(case: Case, step: str) -> bool:
    """Whether the answer of a step may stand when looked at again; another is given on its own page."""
    thing = features.things().get(case.thing_kind)
    return thing is not None and step in thing.confirms


def _state(found: Overview, step: Step, row: CaseStep | None) -> str:
    case = found.case
    if row is not None:
        return "done" if row.state == CaseStep.State.DONE else "again"
    if step == found.procedure.deciding and case.outcome:
        return "done"
    return "now" if case.is_open and case.step == step.code else "todo"


def _answers(case: Case, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    thing = features.things().get(case.thing_kind)
    names = thing.answers if thing else {}
    rows = []
    for name, value in answer.items():
        label, kind = names.get(name, (name, "text"))
        rows.append({"label": label, "value": writing.cell(value, kind)})
    return rows


def _why(found: Overview, step: Step) -> str:
    """The last event that led back to the step, or before it."""
    position = found.procedure.position
    for event in reversed(found.events):
        back = event.act in {"rewind", "judge", "send_back"} and event.to_step != event.from_step
        if back and position(event.to_step) <= position(step.code):
            return told_of(event)
    return ""


def _verdict(verdict: CaseVerdict | None, row: CaseStep | None) -> dict[str, Any] | None:
    if verdict is None or row is None:
        return None
    returned = verdict.verdict == CaseVerdict.Verdict.RETURNED
    stands = verdict.version == row.version and row.state == CaseStep.State.DONE
    if returned:
        label, tone = f"{verdict.get_verdict_display()}: {verdict.get_cause_display()}", "red"
    elif stands:
        label, tone = _("Đã thẩm định: đồng ý"), "green"
    else:
        label, tone = _("Phải thẩm định lại"), "yellow"
    return {"label": label, "tone": tone, "note": verdict.note, "who": verdict.user, "at": verdict.at}


def _judge(
    found: Overview, step: Step, row: CaseStep | None, may: Allowed, sent: Bound
) -> caseforms.ReturnForm | None:
    if not may.judge or row is None or row.state != CaseStep.State.DONE:
        return None
    verdict = found.verdicts.get(step.code)
    if verdict and verdict.verdict == CaseVerdict.Verdict.APPROVED and verdict.version == row.version:
        return None
    return sent.get(f"judge:{step.code}") or caseforms.ReturnForm(prefix=f"judge-{step.code}")


def _wait(wait: CaseWait, may: Allowed, sent: Bound) -> dict[str, Any]:
    form = sent.get(f"resume:{wait.reason}") or caseforms.ResumeForm(prefix=f"resume-{wait.reason}")
    return {
        "code": wait.reason,
        "reason": wait.get_reason_display(),
        "on": wait.on_name,
        "asked": wait.asked,
        "since": wait.since,
        "until": wait.until,
        "then": wait.then,
        "over": wait.until < timezone.localdate(),
        "form": form if may.step else None,
    }


def _lapsed(found: Overview) -> list[str]:
    """What is to be done since nothing came by its day: until somebody has done something."""
    told: list[str] = []
    for event in reversed(found.events) if found.case.is_open else ():
        if event.act not in PASSED_ON:
            break
        if event.act == "lapse":
            told.append(told_of(event))
    return told


def _question(found: Overview, row: CaseQuestion, may: Allowed, sent: Bound) -> dict[str, Any]:
    question = next((q for q in found.procedure.questions if q.code == row.code), None)
    by_hand = question is not None and question.by_hand
    form = sent.get(f"question:{row.code}") or caseforms.CloseForm(prefix=f"question-{row.code}")
    return {
        "code": row.code,
        "ask": told(question.ask) if question else row.code,
        "open": row.closed_at is None,
        "by_hand": by_hand,
        "how": row.get_how_display(),
        "reason": row.reason,
        "who": row.closed_by or "",
        "form": form if row.closed_at is None and by_hand and may.step else None,
    }


def _event(event: CaseEvent) -> dict[str, Any]:
    return {"at": event.at, "who": event.user or _("phần mềm"), "title": told_of(event)}


def _acts(case: Case, may: Allowed, sent: Bound) -> dict[str, Any]:
    """What the reader may do, each with its form; nothing when they may do none of it."""
    acts: dict[str, Any] = {}
    if may.take:
        acts["take"] = True
    if may.assign:
        acts["assign"] = sent.get("assign") or assign_form(case)
    if may.release:
        acts["release"] = sent.get("release") or caseforms.ReleaseForm()
    if may.wait:
        acts["wait"] = sent.get("wait") or caseforms.WaitForm()
        acts["asked_before"] = waits.asked_before(case)
    acts["ways"] = [
        {"label": label, "url": reverse(name, args=[case.pk])}
        for way, (name, label) in WAYS.items()
        if way in may.ways
    ]
    return acts


def assign_form(case: Case, data: Any = None) -> caseforms.AssignForm:
    """Giao cho ai: who may do the step the case stands at."""
    return caseforms.AssignForm(data, officers=rosters.who_may_do(case))

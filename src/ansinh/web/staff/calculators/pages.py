"""Trang tính: the list of calculators, one calculator for a case typed in or taken from a person's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.forms.print import documents
from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.kernel.workdays import SUNDAY_ONLY, holidays_of, known
from ansinh.law.calc import FactError, calculators, compute
from ansinh.law.calc.comparing import Comparison, compare
from ansinh.law.calc.contract import Calculator, groups
from ansinh.law.calc.explained import explained
from ansinh.office.reading import Purpose
from ansinh.registers import access, careers
from ansinh.web.gate import rule
from ansinh.web.staff.asking import opened
from ansinh.web.staff.calculators import papers
from ansinh.web.staff.calculators.form import Asked, blank, read
from ansinh.web.staff.doors import english
from ansinh.web.ui.fields import said

FATHERS_WEEKS = timedelta(weeks=5)


@rule("law.read")
def table(request: HttpRequest) -> HttpResponse:
    """Các bộ tính theo ngành: found by words of their name or article."""
    text = request.GET.get("q", "").strip()
    wanted = fold(text).split()
    held: dict[str, list[dict[str, Any]]] = {branch: [] for branch in groups()}
    for one in calculators().values():
        words = fold(" ".join([one.id, one.vi, one.en, *one.law]))
        if all(word in words for word in wanted):
            held[one.branch].append(_entry(one))
    context = {
        "text": text,
        "groups": [(_group(branch), entries) for branch, entries in held.items() if entries],
        "count": sum(len(entries) for entries in held.values()),
    }
    return render(request, "staff/calculators/list.html", context)


@rule("law.read")
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Một bộ tính: for facts typed in."""
    calculator = _calculator(name)
    crumbs = [(_("Tính theo luật"), reverse("calculators")), (_title(calculator), "")]
    return _answered(request, calculator, {}, {"crumbs": crumbs})


@rule("person.read")
def of_person(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Một bộ tính: filled in from a person's record. The read is written down with its purpose."""
    calculator = _calculator(name)
    person = opened(request, access.person, pk, purpose=Purpose.COMPUTE)
    known = careers.facts(person, Month.of(timezone.localdate()))
    # A record that is asked for whole tells its months by itself, also after a clerk has added a row.
    told_by_history = careers.DERIVED if "history" in calculator.facts else frozenset()
    facts = {slot: known[slot] for slot in calculator.facts if slot in known and slot not in told_by_history}
    crumbs = [
        (_("Người tham gia"), reverse("people")),
        (person.full_name, reverse("person", args=[person.pk])),
        (_title(calculator), ""),
    ]
    context = {"crumbs": crumbs, "person": person, "known": len(facts)}
    return _answered(request, calculator, facts, context)


def for_people() -> list[dict[str, Any]]:
    """Các bộ tính mà hồ sơ của một người điền được phần nào: for the person's page."""
    able = careers.NAMES
    found = [one for one in calculators().values() if able & one.facts.keys()]
    return [{**_entry(one), "branch": _group(one.branch)} for one in found]


def _answered(
    request: HttpRequest, calculator: Calculator, facts: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    today = timezone.localdate()
    as_of_text = request.POST.get("as_of", f"{today:%d/%m/%Y}")
    context |= {
        "calculator": calculator,
        "title": _title(calculator),
        "as_of": as_of_text,
        "first": request.POST.get("first", f"{date(2025, 6, 30):%d/%m/%Y}"),
        "second": request.POST.get("second", f"{date(2025, 7, 1):%d/%m/%Y}"),
    }
    if request.method != "POST":
        return _drawn(request, context, blank(calculator, facts, english=english()))
    asked = read(calculator, request.POST, english=english())
    asked.fill("holidays", _holidays(calculator, asked.facts))
    for name, days in _told(calculator, asked.facts):
        asked.fill(name, days)
    action = request.POST.get("action", "answer")
    if action.startswith("add:"):
        return _drawn(request, context, asked)
    try:
        as_of = parse_date(as_of_text)
        case = {"calculator": calculator.id, "as_of": as_of, "facts": asked.facts}
        if action == "compare":
            context["comparison"] = _compared(case, context)
        answer = compute(case)
    except FactError as error:
        context["errors"] = asked.mark(error.problems, english=english())
        return _drawn(request, context, asked, status=422)
    except BilingualError as error:
        context["errors"] = [{"text": said(error), "href": "#as_of"}]
        return _drawn(request, context, asked, status=422)
    told = explained(answer)
    if action == "pdf":
        person = context.get("person")
        paper = papers.explanation(told, english=english(), about="" if person is None else person.full_name)
        response = HttpResponse(documents.render("DIEN-GIAI", paper), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{calculator.id}-{as_of}.pdf"'
        return response
    context["told"] = told
    context["english"] = english()
    return _drawn(request, context, asked)


def _holidays(calculator: Calculator, facts: dict[str, Any]) -> list[str]:
    """Ngày lễ, tết trong các đợt nghỉ: by the official calendar, for who leaves that box empty."""
    if "holidays" not in calculator.facts or "holidays" in facts:
        return []
    try:
        spans = [
            (date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
            for one in facts.get("absences", ())
        ]
        if facts.get("claimant") == "father" and "leave_from" in facts:
            # His leave is told by its first day: its working days lie within the weeks that follow.
            began = date.fromisoformat(facts["leave_from"])
            spans.append((began, began + FATHERS_WEEKS))
        years = {year for first, last in spans for year in range(first.year, last.year + 1)}
        known = sorted(day for year in years for day in holidays_of(year, week=SUNDAY_ONLY))
    except (KeyError, ValueError, BilingualError):
        return []  # a date that cannot be read, or beyond the calendar: the law library says so at its box
    return [day.isoformat() for day in known if any(first <= day <= last for first, last in spans)]


def _told(calculator: Calculator, facts: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Những ngày nghỉ, ngày làm việc đã thông báo: for who leaves those boxes empty."""
    kinds = {"days_off": {"off", "swapped_off"}, "days_worked": {"worked", "ordinary"}}
    for name in kinds.keys() & calculator.facts.keys() - facts.keys():
        yield name, [f"{one.day:%Y-%m-%d}" for one in known().by_day.values() if one.kind in kinds[name]]


def _compared(case: dict[str, Any], context: dict[str, Any]) -> Comparison:
    return compare(case, parse_date(context["first"]), parse_date(context["second"]))


def _drawn(request: HttpRequest, context: dict[str, Any], asked: Asked, status: int = 200) -> HttpResponse:
    context["parts"] = asked.parts
    return render(request, "staff/calculators/calculator.html", context, status=status)


def _calculator(name: str) -> Calculator:
    found = calculators().get(name)
    if found is None:
        raise Http404
    return found


def _entry(one: Calculator) -> dict[str, Any]:
    return {"id": one.id, "title": _title(one), "law": one.law}


def _title(one: Calculator) -> str:
    return one.en if english() else one.vi


def _group(branch: str) -> str:
    group = groups()[branch]
    return group.en if english() else group.vi

"""Lưới D02-LT trên web: typed like the paper form, prefilled from the employer's people, errors at the cell.

Everything is one form: adding, removing and picking rows are submits, so that it works without a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.collection import access
from ansinh.collection.declarations import reader, services, storage
from ansinh.collection.declarations import selectors as declared
from ansinh.collection.declarations.findings import Finding, Level
from ansinh.collection.models import Declaration
from ansinh.collection.month import selectors as months
from ansinh.forms.intake.layouts import Column, layout
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.identity import mask
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.registers import access as registers
from ansinh.registers import selectors as register
from ansinh.registers.models import Employer, Participation
from ansinh.web.gate import rule
from ansinh.web.staff import asked
from ansinh.web.staff.asking import actor_of, key, opened
from ansinh.web.staff.declarations import previews, writing
from ansinh.web.staff.declarations.writing import Values
from ansinh.web.staff.doors import employers_found
from ansinh.web.ui.fields import said

MOST_ROWS, NEW_ROWS, FIRST_ROWS, PEOPLE_SHOWN = 200, 5, 3, 30
WIDE = 24


@cache
def columns() -> tuple[Column, ...]:
    """The printed columns that are typed: all but the line number."""
    return tuple(c for c in layout("d02-lt").columns if c.official and c.code != "line")


@dataclass(frozen=True)
class Head:
    """Ô tiêu đề: its words and how many columns and rows it spans."""

    text: str
    across: int
    down: int
    frozen: bool


@cache
def heads() -> tuple[tuple[Head, ...], ...]:
    """The heading of the paper form, level by level."""
    depth = max(len(c.header) for c in columns())
    return tuple(tuple(_level(level, depth)) for level in range(depth))


def _level(level: int, depth: int) -> Iterator[Head]:
    place, listed = 0, columns()
    while place < len(listed):
        path = listed[place].header
        last = place
        if level < len(path):
            while last + 1 < len(listed) and listed[last + 1].header[: level + 1] == path[: level + 1]:
                last += 1
            leaf = level == len(path) - 1
            yield Head(
                path[level], last - place + 1, depth - level if leaf else 1, listed[place].code == "name"
            )
        place = last + 1


@dataclass
class Cell:
    """Ô nhập: name in the form, value, words of what is wrong."""

    column: Column
    name: str
    value: str
    errors: list[str] = field(default_factory=list)

    @property
    def choices(self) -> str:
        """The list of suggestions beside the box."""
        return {"change": "grid-changes", "result_form": "grid-results"}.get(self.column.code, "")

    @property
    def kind(self) -> str:
        """How wide the box is."""
        return "wide" if self.column.width >= WIDE else "narrow" if self.column.width < 10 else "middle"


@rule("declaration.receive")
def start(request: HttpRequest) -> HttpResponse:
    """Chọn đơn vị trước khi nhập."""
    if asked.posted(request):
        return asked.away(request)
    text = asked.text(request)
    context = {
        "text": text,
        "hits": employers_found(actor_of(request), text),
        "crumbs": [(_("Hồ sơ thu"), reverse("declarations")), (_("Nhập trên lưới"), "")],
    }
    return render(request, "staff/declarations/grid_start.html", context)


@rule("declaration.receive")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Lưới của một đơn vị."""
    employer = opened(request, registers.employer, pk, purpose=Purpose.DECLARE, verb="declaration.receive")
    draft = _draft(request, employer)
    month = months.current_month(register.province_of(employer.office)) or Month.of(timezone.localdate())
    people = list(register.workers(employer, month.index))
    found: list[Finding] = []
    if request.method == "POST":
        rows = _typed(request.POST)
        act, _sep, which = request.POST.get("action", "send").partition(":")
        if act in {"send", "keep"}:
            declaration, found, refusal = _send(request, employer, rows, draft, keep=act == "keep")
            if declaration is not None:
                _replace(request, draft, declaration)
                return redirect("declaration", pk=declaration.pk)
            if refusal:
                messages.error(request, refusal)
        rows = _changed(act, which, rows, people, request, month)
    else:
        rows = _of_draft(draft) if draft else [{} for _n in range(FIRST_ROWS)]
        found = _at_rows(draft, reader.findings(actor_of(request), draft)) if draft else []
        if draft:
            reader.note(actor_of(request), draft, purpose=Purpose.DECLARE)
    return render(
        request,
        "staff/declarations/grid.html",
        _context(request, employer, rows, found, people, draft, month),
    )


def _draft(request: HttpRequest, employer: Employer) -> Declaration | None:
    """The declaration whose rows are corrected here, named by the address."""
    of_draft = key(request.GET.get("ho-so"))
    if of_draft is None:
        return None
    draft = opened(request, access.declaration, of_draft, "declaration.receive")
    if draft.employer_id != employer.pk or draft.state not in declared.PENDING:
        raise Http404
    return draft


def _typed(posted: Mapping[str, str]) -> list[Values]:
    """The rows as typed, in their order."""
    count = posted.get("rows", "0")
    many = min(key(count) or 0, MOST_ROWS)
    return [{c.code: posted.get(f"r{n}-{c.code}", "").strip() for c in columns()} for n in range(many)]


def _changed(
    act: str,
    which: str,
    rows: list[Values],
    people: Sequence[Participation],
    request: HttpRequest,
    month: Month,
) -> list[Values]:
    """The rows after adding, picking or removing."""
    if act == "add":
        rows = rows + [{} for _n in range(NEW_ROWS)]
    elif act == "remove" and (gone := key(which)) is not None:
        rows = [row for n, row in enumerate(rows) if n != gone]
    elif act == "pick":
        chosen = set(request.POST.getlist("pick"))
        change = request.POST.get("pick_change", "")
        filled = [row for row in rows if any(row.values())]
        picked = [span for span in people if str(span.pk) in chosen]
        _shown(request, picked)
        rows = filled + [writing.of_worker(span, change, month) for span in picked]
    return rows[:MOST_ROWS] or [{}]


def _shown(request: HttpRequest, people: Sequence[Participation]) -> None:
    """Whom the page shows goes into the reading log."""
    keys = [span.person_id for span in people]
    reading.shown(actor_of(request), Subject.PERSON, keys, purpose=Purpose.DECLARE)


def _send(
    request: HttpRequest, employer: Employer, rows: list[Values], draft: Declaration | None, *, keep: bool
) -> tuple[Declaration | None, list[Finding], str]:
    """Hand the list in. With errors nothing is kept unless asked: the declaration, findings, refusal."""
    if not any(any(row.values()) for row in rows):
        return None, [], _("Chưa có dòng nào được nhập.")
    try:
        with transaction.atomic():
            taken = services.from_grid(actor=actor_of(request), employer=employer, rows=rows, corrects=draft)
            found = reader.findings(actor_of(request), taken)
            stopped = any(f.level == Level.ERROR for f in found)
            if stopped and not keep:
                transaction.set_rollback(True)
                return None, found, ""
    except BilingualError as error:
        return None, [], said(error)
    return taken, found, ""


def _replace(request: HttpRequest, draft: Declaration | None, taken: Declaration) -> None:
    """The corrected list takes the place of the one it was corrected from."""
    if draft is None or draft.pk == taken.pk:
        return
    reason = _("Thay bằng hồ sơ #%(number)s đã sửa trên lưới.") % {"number": taken.pk}
    services.return_(actor=actor_of(request), declaration=draft, reason=reason, seen=services.as_seen(draft))


def _of_draft(draft: Declaration) -> list[Values]:
    """The rows of a declaration as one would type them; what could not be read stands as it was."""
    unread = {(f.row, f.column): f.value for f in storage.reading(draft.header) if f.value}
    rows = []
    for row in storage.rows(draft):
        values = writing.of_row(row)
        for column in columns():
            text = unread.get((row.row, column.code))
            if text and not values.get(column.code):
                values[column.code] = text
        rows.append(values)
    return rows or [{}]


def _at_rows(draft: Declaration, found: Sequence[Finding]) -> list[Finding]:
    """Findings by the row of the grid instead of the row of the file."""
    places = {row.row: n for n, row in enumerate(storage.rows(draft), start=1)}
    return [replace(f, row=places.get(f.row, 0)) for f in found]


def _context(
    request: HttpRequest,
    employer: Employer,
    rows: list[Values],
    found: Sequence[Finding],
    people: Sequence[Participation],
    draft: Declaration | None,
    month: Month,
) -> dict[str, Any]:
    lines = [
        [Cell(c, f"r{n}-{c.code}", row.get(c.code, "")) for c in columns()] for n, row in enumerate(rows)
    ]
    summary = []
    for f in found:
        if f.level != Level.ERROR:
            continue
        text = previews.words(f)
        if not 0 < f.row <= len(lines):
            summary.append({"text": text, "href": ""})
            continue
        code = {"citizen_id": "si_number", "line": "name"}.get(f.column, f.column) or "name"
        cell = next((c for c in lines[f.row - 1] if c.column.code == code), lines[f.row - 1][0])
        cell.errors.append(text)
        place = _("Dòng %(row)s") % {"row": f.row}
        column = previews.column_title(cell.column.code)
        summary.append({"text": f"{place}, {column}: {text}", "href": f"#{cell.name}"})
    sought = request.POST.get("tim", "").strip()
    found_people = [
        s for s in people if not sought or fold(sought) in s.person.name_fold or sought in s.person.si_number
    ]
    shown = found_people[:PEOPLE_SHOWN]
    _shown(request, shown)
    return {
        "employer": employer,
        "heads": heads(),
        "columns": columns(),
        "depth": len(heads()),
        "lines": lines,
        "count": len(lines),
        "page_errors": summary,
        "changes": [change.vi for change in layout("d02-lt").changes],
        "results": writing.RESULT_FORMS,
        "people": [{"pk": s.pk, "name": s.person.full_name, "code": mask(s.person.si_number)} for s in shown],
        "people_more": len(found_people) - len(shown),
        "asked": sought,
        "pick_change": request.POST.get("pick_change", ""),
        "draft": draft,
        "month": month,
        "crumbs": [
            (_("Hồ sơ thu"), reverse("declarations")),
            (_("Nhập trên lưới"), reverse("declaration_grid_start")),
            (employer.name, ""),
        ],
    }

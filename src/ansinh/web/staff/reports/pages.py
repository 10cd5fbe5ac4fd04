"""Báo cáo: the period reports of a unit, on screen and as the official workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ansinh.forms.official.layouts import Layout
from ansinh.forms.official.periodic import Line
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.registers import selectors as registers
from ansinh.steering.reports import selectors
from ansinh.steering.reports.catalog import Report, Sheet, Span, reports, workbook
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui import words
from ansinh.web.ui.export import XLSX

LENGTHS = {"month": _("Tháng"), "quarter": _("Quý"), "year": _("Năm")}
KINDS = {"money": "money", "count": "number", "code": "code", "flag": "flag"}
PAGE_SIZE = 100


@dataclass(frozen=True)
class Heading:
    """Ô đầu bảng: its text and the columns and rows it spans."""

    text: str
    columns: int
    rows: int
    name: bool = False


@dataclass(frozen=True)
class Cell:
    """Ô số liệu: as drawn."""

    text: str
    kind: str
    name: bool = False


@dataclass(frozen=True)
class Asked:
    """Điều được hỏi: which report, of which unit and period."""

    report: Report
    unit: Unit
    span: Span
    month: Month


@rule("report.read")
def page(request: HttpRequest) -> HttpResponseBase:
    """Chọn báo cáo, cơ quan, kỳ; read it as a table or take the workbook (`export=xlsx`)."""
    known = reports()
    units = list(selectors.units(actor_of(request)))
    if not units:
        raise Http404
    unit = _chosen(units, request.GET.get("don-vi"))
    months = selectors.months(unit)
    asked = _asked(request, known, unit, months)
    context: dict[str, Any] = {
        "reports": known.values(),
        "units": units,
        "unit": unit,
        "months": months,
        "lengths": LENGTHS.items(),
        "asked": asked,
    }
    if asked is not None:
        sheet = asked.report.sheet(unit, asked.span)
        named = registers.keys_of_codes(sheet.employers)
        reading.shown(actor_of(request), Subject.EMPLOYER, named, purpose=Purpose.REPORT)
        if request.GET.get("export") == "xlsx":
            return _file(sheet, asked)
        context |= _drawn(request, sheet)
    return render(request, "staff/reports/report.html", context)


def _chosen(units: list[Unit], asked: str | None) -> Unit:
    if not asked:
        return units[0]
    found = next((u for u in units if str(u.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, known: dict[str, Report], unit: Unit, months: list[Month]) -> Asked | None:
    """The report asked for; the first one where none is named, None without books."""
    if not months:
        return None
    report = known.get(request.GET.get("mau") or next(iter(known)))
    month = month_of(request.GET.get("thang") or str(months[0]))
    length = next((n for n in LENGTHS if n == request.GET.get("ky")), "month")
    if report is None or month not in months:
        raise Http404
    if length not in report.lengths:
        length = report.lengths[0]
    return Asked(report, unit, Span.of(length, month), month)


def _file(sheet: Sheet, asked: Asked) -> HttpResponse:
    answer = HttpResponse(workbook(sheet, asked.unit, asked.span), content_type=XLSX)
    name = f"{sheet.layout.code}-{asked.unit.code}-{asked.span.first}"
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _drawn(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """The table: header, the page's rows, and where the other pages are."""
    shown = Paginator(sheet.lines, PAGE_SIZE).get_page(request.GET.get("page"))
    address = request.GET.copy()

    def other(**changes: str) -> str:
        query = address.copy()
        for name, value in changes.items():
            query[name] = value
        return "?" + query.urlencode()

    return {
        "sheet": sheet,
        "header": header(sheet.layout),
        "numbers": [c.number for c in sheet.layout.columns],
        "rows": [(line.style, _cells(sheet.layout, line)) for line in shown],
        "count": len(sheet.lines),
        "page": shown,
        "previous": other(page=str(shown.previous_page_number())) if shown.has_previous() else "",
        "next": other(page=str(shown.next_page_number())) if shown.has_next() else "",
        "export_url": other(export="xlsx"),
    }


def _cells(layout: Layout, line: Line) -> list[Cell]:
    cells = []
    for index, (column, value) in enumerate(zip(layout.columns, line.values, strict=True)):
        kind = KINDS.get(column.kind, "text")
        if value is None or value is False:
            text = ""
        elif value is True:
            text = "x"
        else:
            text = words.cell(value, kind) if isinstance(value, int) else str(value)
        cells.append(Cell(text, kind, name=index == 1))
    return cells


def header(layout: Layout) -> list[list[Heading]]:
    """Đầu bảng nhiều tầng: neighbours with the same path down to a level share one cell."""
    columns, depth = layout.columns, layout.depth
    levels: list[list[Heading]] = []
    for level in range(depth):
        row: list[Heading] = []
        index = 0
        while index < len(columns):
            path = columns[index].path
            last = index + 1
            if level < len(path) - 1:
                while (
                    last < len(columns)
                    and len(columns[last].path) > level + 1
                    and columns[last].path[: level + 1] == path[: level + 1]
                ):
                    last += 1
                row.append(Heading(path[level], last - index, 1))
            elif level == len(path) - 1:
                row.append(Heading(path[level], 1, depth - level, name=index == 1))
            index = last
        levels.append(row)
    return levels

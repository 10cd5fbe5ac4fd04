"""Khóa sổ một kỳ: its figures and what is still open are shown before anybody closes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.collection.month import closing, selectors, services
from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.runs import checklist
from ansinh.office.runs import selectors as runs
from ansinh.registers import access
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, province
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui import export
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Table


@rule("month.close")
def close(request: HttpRequest) -> HttpResponse:
    """Khóa sổ: shows the run, its figures and what is open, and asks: nothing can be posted afterwards."""
    unit = province(request, "month.close")
    month = month_of(request.POST.get("month") or request.GET.get("month", ""))
    if not selectors.periods(unit).filter(month=month.index).exists():
        raise Http404
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            services.close_month(
                actor=actor_of(request), unit=unit, month=month, seen=request.POST.get("seen", "")
            )
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect(f"{reverse('month_close')}?month={month}&tinh={unit.code}")
        messages.success(request, _("Đã khóa sổ kỳ %(m)s.") % {"m": month.vi()})
        return redirect("runs")
    now = closing.outlook(unit, month)
    context = {
        "month": month,
        "unit": unit,
        "outlook": now,
        "posted": runs.written(now.run) if now.run else [],
        "figures": _figures(now.figures),
        "checks": _rows(now, unit),
        "seen": closing.told(unit, now),
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (_("Khóa sổ %(m)s") % {"m": month.vi()}, "")],
    }
    return render(request, "staff/runs/close.html", context)


def _figures(now: closing.Figures) -> list[dict[str, Any]]:
    """Số liệu sẽ không đổi được nữa."""
    return [
        {"label": _("Thông báo C12"), "value": now.statements, "kind": "number"},
        {"label": _("Số phải thu phát sinh"), "value": now.due, "kind": "money"},
        {"label": _("Xử lý chậm đóng, trốn đóng"), "value": now.charged, "kind": "money"},
        {"label": _("Tiền thu trong kỳ"), "value": now.received, "kind": "money"},
        {"label": _("Đã phân bổ"), "value": now.allocated, "kind": "money"},
        {"label": _("Còn thiếu cuối kỳ"), "value": now.short, "kind": "money"},
        {"label": _("Tiền thừa chuyển kỳ sau"), "value": now.surplus, "kind": "money"},
    ]


def _rows(now: closing.Outlook, unit: Unit) -> list[dict[str, Any]]:
    """Phiếu kiểm: as the page draws it, what blocks first."""
    return [
        {
            "name": one.item.name,
            "count": one.found.count,
            "amount": one.found.amount,
            "weight": one.item.weight.value,
            "blocks": one.blocks,
            "then": one.item.then if one.found.count else "",
            "url": f"{reverse('month_close_rows', args=[one.item.code])}?month={now.month}&tinh={unit.code}"
            if one.found.count and one.item.rows
            else "",
        }
        for one in now.checks
    ]


PAGES = {
    "declaration": "declaration",
    "receipt": "receipt",
    "refund": "refund",
    "bank_file": "receipt_file",
    "run": "run",
    "employer": "employer",
}
"""The page of each thing a check list names."""


@rule("month.close")
def rows(request: HttpRequest, code: str) -> HttpResponseBase:
    """Các dòng đứng sau một điều của phiếu kiểm: each with the page where it is dealt with."""
    unit = province(request, "month.close")
    month = month_of(request.GET.get("month", ""))
    try:
        asked = checklist.item(code)
    except LookupError as error:
        raise Http404 from error
    found = checklist.lines(asked, unit, month)
    names = dict(
        access.employers(actor_of(request), "month.close")
        .filter(pk__in={line.employer for line in found if line.employer})
        .values_list("pk", "name")
    )
    drawn = Table(
        request,
        name="month_close_rows",
        caption=str(asked.name),
        rows=found,
        columns=[
            Column("what", _("Nội dung"), value="text", frozen=True, url=_page),
            Column("employer", _("Đơn vị"), value=lambda one: names.get(one.employer, "")),
            Column("on", _("Ngày"), "date"),
            Column("amount", _("Số tiền"), "money"),
        ],
        shows=lambda one: [(Subject.EMPLOYER, one.employer)] if one.employer in names else [],
        purpose=Purpose.COLLECT,
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    back = f"{reverse('month_close')}?month={month}&tinh={unit.code}"
    crumbs = [
        (_("Kỳ thu"), reverse("runs")),
        (_("Khóa sổ %(m)s") % {"m": month.vi()}, back),
        (str(asked.name), ""),
    ]
    context = {"table": drawn, "title": asked.name, "then": asked.then, "crumbs": crumbs}
    return render(request, "staff/runs/close_rows.html", context)


def _page(line: checklist.Line) -> str:
    return reverse(PAGES[line.thing], args=[line.key])

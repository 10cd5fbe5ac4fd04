"""Sổ cái: the trial balance of a month, by account and fund."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.collection.month import selectors
from ansinh.ledger import services
from ansinh.web.gate import rule
from ansinh.web.staff.asking import month as month_of
from ansinh.web.staff.asking import province
from ansinh.web.ui import export
from ansinh.web.ui.tables import Column, Table


@rule("ledger.read")
def page(request: HttpRequest) -> HttpResponseBase:
    """Bảng cân đối tài khoản: opening, movement, closing; the columns sum to zero."""
    unit = province(request, "ledger.read")
    newest = selectors.current_month(unit)
    asked = request.GET.get("ky")
    month = month_of(asked) if asked else newest
    rows: list[dict[str, Any]] = []
    if month is not None:
        rows = [
            {"code": a.code, "name": a.name, "opening": o, "moved": m, "closing": c}
            for a, o, m, c in services.trial_balance(unit_id=unit.pk, month=month.index)
        ]
    drawn = Table(
        request,
        name="ledger",
        caption=_("Bảng cân đối tài khoản"),
        rows=rows,
        columns=[
            Column("code", _("Tài khoản"), "code", sort="code", frozen=True),
            Column("name", _("Tên")),
            Column("opening", _("Đầu kỳ"), "money", sort="opening"),
            Column("moved", _("Phát sinh"), "money", sort="moved"),
            Column("closing", _("Cuối kỳ"), "money", sort="closing"),
        ],
        key=lambda r: r["code"],
        page_size=100,
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    balanced = sum(r["closing"] for r in rows) == 0
    context = {
        "table": drawn,
        "month": month,
        "unit": unit,
        "balanced": balanced,
        "months": [p.month for p in selectors.periods(unit)],
    }
    return render(request, "staff/ledger/ledger.html", context)

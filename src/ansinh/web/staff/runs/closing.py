"""Khóa sổ một kỳ: its figures and what is still open are shown before anybody closes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.collection.month import closing, selectors, services
from ansinh.collection.month.posting import WRITTEN
from ansinh.kernel.errors import BilingualError
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, province
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui.fields import said


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
        "posted": [(WRITTEN.get(k, k), v) for k, v in now.run.result.items()] if now.run else [],
        "figures": _figures(now.figures),
        "facts": _open_facts(now.open),
        "after": _after_facts(now.open),
        "seen": closing.as_seen(unit, month),
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


def _open_facts(now: closing.Open) -> list[dict[str, Any]]:
    """Việc còn mở khi khóa sổ; it goes on in the next month."""
    return [
        {"label": _("Hồ sơ thu chưa trả lời"), "value": now.lists, "kind": "number"},
        {"label": _("Khoản tiền treo"), "value": now.suspense, "kind": "number"},
        {"label": _("Tiền treo"), "value": now.suspense_money, "kind": "money"},
        {"label": _("Hoàn trả chờ duyệt"), "value": now.refunds, "kind": "number"},
        {"label": _("Tiền hoàn trả chờ duyệt"), "value": now.refunds_money, "kind": "money"},
        {"label": _("Sao kê chờ xác nhận"), "value": now.files, "kind": "number"},
    ]


def _after_facts(now: closing.Open) -> list[dict[str, Any]]:
    """Việc ghi vào kỳ sau lượt chạy; empty when there is none."""
    if now.nothing_after:
        return []
    return [
        {"label": _("Hồ sơ ghi nhận sau lượt chạy"), "value": now.booked_after, "kind": "number"},
        {"label": _("Khoản tiền khớp sau lượt chạy"), "value": now.matched_after, "kind": "number"},
        {"label": _("Tiền khớp sau lượt chạy"), "value": now.matched_money, "kind": "money"},
        {"label": _("Hoàn trả duyệt sau lượt chạy"), "value": now.refunded_after, "kind": "number"},
    ]

"""Nhật ký truy cập: who read which record, when and what for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.models import Reading
from ansinh.web.gate import rule
from ansinh.web.ui import export, words
from ansinh.web.ui.tables import Column, Table, choice
from ansinh.web.ui.tables import search as box


@rule("reading.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Nhật ký truy cập hồ sơ, newest first."""
    drawn = Table(
        request,
        name="readings",
        caption=_("Nhật ký truy cập"),
        rows=Reading.objects.select_related("user"),
        columns=[
            Column("at", _("Lúc"), value=lambda r: words.day(r.at), sort="at", frozen=True),
            Column("user", _("Người xem"), value="user"),
            Column("subject", _("Loại hồ sơ"), value=lambda r: KINDS.get(r.subject, r.subject)),
            Column("subject_id", _("Số"), "code"),
            Column("purpose", _("Mục đích")),
            Column("address", _("Trang"), hidden=True),
        ],
        filters=[
            box("nguoi", _("Tài khoản"), "user__username__contains"),
            choice("loai", _("Loại hồ sơ"), list(KINDS.items()), "subject"),
        ],
        sort="-at",
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/readings.html", {"table": drawn})


SHOWN = 30


def readers(subject: str, pk: int) -> list[Reading]:
    """Ai đã xem một hồ sơ, newest first, the last few."""
    found = Reading.objects.filter(subject=subject, subject_id=pk).select_related("user")
    return list(found.order_by("-at", "-pk")[:SHOWN])


KINDS = {
    "person": gettext_lazy("Người tham gia"),
    "employer": gettext_lazy("Đơn vị"),
    "household": gettext_lazy("Hộ gia đình"),
    "list": gettext_lazy("Danh sách"),
}

"""Nhật ký truy cập: who read which record, when and what for; who was not let in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.office.reading import selectors
from ansinh.office.reading.models import Look, Purpose, Reading
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.ui import export, words
from ansinh.web.ui.tables import Column, Table, choice
from ansinh.web.ui.tables import search as box

TONES = {Look.Outcome.SHOWN: "", Look.Outcome.OUTSIDE: "yellow", Look.Outcome.REFUSED: "red"}
SHOWN = 30


@rule("reading.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Nhật ký truy cập hồ sơ của viên chức và người dân trong phạm vi, newest first."""
    drawn = Table(
        request,
        name="readings",
        caption=_("Nhật ký truy cập"),
        rows=selectors.in_scope(actor_of(request)),
        columns=[
            Column("at", _("Lúc"), value=lambda r: words.day(r.look.at), sort="look__at", frozen=True),
            Column("user", _("Người xem"), value="look.user"),
            Column("subject", _("Loại hồ sơ"), value=lambda r: r.get_subject_display()),
            Column("subject_id", _("Số"), "code"),
            Column("purpose", _("Mục đích"), value=lambda r: r.look.get_purpose_display()),
            Column(
                "outcome",
                _("Kết quả"),
                "tag",
                value=lambda r: r.look.get_outcome_display(),
                tone=lambda r: TONES[r.look.outcome],
            ),
            Column("address", _("Trang"), value=lambda r: r.look.address or r.look.view, hidden=True),
            Column("request", _("Mã yêu cầu"), "code", value="look.request", hidden=True),
        ],
        filters=[
            box("nguoi", _("Tài khoản"), "look__user__username__contains"),
            choice("loai", _("Loại hồ sơ"), Reading.Subject.choices, "subject"),
            choice("muc-dich", _("Mục đích"), Purpose.choices, "look__purpose"),
            choice("ket-qua", _("Kết quả"), Look.Outcome.choices, "look__outcome"),
        ],
        sort="-at",
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/readings.html", {"table": drawn})


def readers(subject: str, pk: int) -> list[Reading]:
    """Ai đã xem một hồ sơ, newest first, the last few."""
    return list(selectors.of(subject, pk)[:SHOWN])

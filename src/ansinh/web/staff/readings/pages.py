"""Nhật ký truy cập: who read which record, when and what for; who was not let in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.office.alarms import services as alarms
from ansinh.office.alarms.models import Kind
from ansinh.office.reading import Subject, selectors
from ansinh.office.reading.models import Look, Purpose, Reading
from ansinh.office.rights import Actor
from ansinh.office.staff.selectors import named
from ansinh.registers import access
from ansinh.web.gate import rule
from ansinh.web.staff import asked
from ansinh.web.staff.asking import actor_of, key
from ansinh.web.ui import export, words
from ansinh.web.ui.cells import display
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Filter, Rows, Table, choice

TONES = {Look.Outcome.SHOWN: "", Look.Outcome.OUTSIDE: "yellow", Look.Outcome.REFUSED: "red"}
VERB = "reading.read"
NUMBER_MOST = 20


@rule(VERB)
def table(request: HttpRequest) -> HttpResponseBase:
    """Nhật ký truy cập hồ sơ của viên chức và người dân trong phạm vi: newest first.

    A number that is sent leads to the lines about whom it belongs to, if that is within the scope.
    """
    if asked.posted(request):
        return _about(request)
    drawn = Table(
        request,
        name="readings",
        caption=_("Nhật ký truy cập"),
        rows=selectors.in_scope(actor_of(request)),
        columns=[
            Column(
                "at",
                _("Lúc"),
                value=lambda r: words.day(r.look.at),
                sort="look__at",
                always=True,
                frozen=True,
            ),
            Column("user", _("Người xem"), value="look.user"),
            Column("subject", _("Loại hồ sơ"), value=display("subject")),
            Column("subject_id", _("Số"), "code"),
            Column("purpose", _("Mục đích"), value=display("look.purpose")),
            Column(
                "outcome",
                _("Kết quả"),
                "tag",
                value=display("look.outcome"),
                tone=lambda r: TONES[r.look.outcome],
            ),
            Column("address", _("Trang"), value=lambda r: r.look.address or r.look.view, hidden=True),
            Column("request", _("Mã yêu cầu"), "code", value="look.request", hidden=True),
        ],
        filters=[
            Filter("nguoi", _("Người xem"), lambda rows, text: named(rows, text, "look__user__")),
            choice("loai", _("Loại hồ sơ"), Reading.Subject.choices, "subject"),
            Filter("so", _("Số trong sổ"), _of_key),
            choice("muc-dich", _("Mục đích"), Purpose.choices, "look__purpose"),
            choice("ket-qua", _("Kết quả"), Look.Outcome.choices, "look__outcome"),
            Filter("tu", _("Từ ngày"), _since, "date"),
            Filter("den", _("Đến hết ngày"), _until, "date"),
        ],
        sort="-at",
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/readings/list.html", {"table": drawn})


def _about(request: HttpRequest) -> HttpResponseBase:
    """To the lines about the person or employer of a number; unknown and foreign ones get the same words."""
    actor, number = actor_of(request), "".join(s for s in request.POST[asked.BOX] if s.isalnum()).upper()
    try:
        found = _found(actor, number)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("readings")
    if found is None:
        messages.error(request, _("Không khớp với sổ trong phạm vi quản lý."))
        return redirect("readings")
    subject, found_key = found
    chosen = urlencode({"loai": str(subject), "so": found_key})
    return redirect(f"{reverse('readings')}?{chosen}")


def _found(actor: Actor, number: str) -> tuple[str, int] | None:
    """Whose number it is, through the doors of the register."""
    if not number or len(number) > NUMBER_MOST:
        return None
    if number.isascii() and number.isdigit() and len(number) in {10, 12}:
        person = access.person_by_number(actor, number, purpose=Purpose.INSPECT, verb=VERB)
        return None if person is None else (Subject.PERSON, person.pk)
    alarms.admit(actor, Kind.CHECK)
    try:
        employer = access.employer_by_code(actor, number, purpose=Purpose.INSPECT, verb=VERB)
    except ObjectDoesNotExist:
        alarms.mismatched(actor, Kind.CHECK, 1)
        return None
    return Subject.EMPLOYER, employer.pk


def _of_key(rows: Rows, text: str) -> Rows:
    wanted = key(text)
    return rows.none() if wanted is None else rows.filter(subject__in=Subject.values, subject_id=wanted)


def _since(rows: Rows, text: str) -> Rows:
    day = _day(text)
    return rows.none() if day is None else rows.filter(look__at__gte=_midnight(day))


def _until(rows: Rows, text: str) -> Rows:
    day = _day(text)
    return rows.none() if day is None else rows.filter(look__at__lt=_midnight(day + timedelta(days=1)))


def _day(text: str) -> date | None:
    """A day as people write it; None for anything else, which finds nothing."""
    try:
        found = parse_date(text)
    except BilingualError:
        return None
    return found if date.min < found < date.max else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

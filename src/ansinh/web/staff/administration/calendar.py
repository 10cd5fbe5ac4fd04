"""Lịch nghỉ: the year as the product knows it, and the days that notices announce or correct."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.collection.declarations import deadlines
from ansinh.kernel import workdays
from ansinh.kernel.errors import BilingualError
from ansinh.office.models import DayOff, Unit
from ansinh.office.staff import calendar as services
from ansinh.office.staff import selectors
from ansinh.web.gate import rule
from ansinh.web.staff.administration import shell
from ansinh.web.staff.administration.forms import DayForm
from ansinh.web.staff.asking import actor_of, key, no_unit
from ansinh.web.ui import words
from ansinh.web.ui.fields import said

VERB = services.VERB
TONES = {"off": "blue", "swapped_off": "blue", "worked": "yellow", "ordinary": ""}


@rule(VERB)
def page(request: HttpRequest) -> HttpResponse:
    """Lịch của một năm (`?nam=`): with where each day is written."""
    _level(request)
    actor = actor_of(request)
    year = key(request.GET.get("nam")) or timezone.localdate().year
    if not workdays.FIRST_YEAR <= year <= workdays.LAST_YEAR:
        raise Http404
    context = {
        "year": year,
        "before": year - 1 if year > workdays.FIRST_YEAR else None,
        "after": year + 1 if year < workdays.LAST_YEAR else None,
        "days": [_line(day) for day in services.of_year(year)],
        "notices": services.notices(actor),
    }
    return shell.drawn(request, "calendar", context, here="calendar", crumbs=[(_("Lịch nghỉ"), "")])


@rule(VERB)
def announce(request: HttpRequest) -> HttpResponse:
    """Ghi một ngày theo thông báo: what it changes is shown first, due dates of open lists too."""
    actor, at = actor_of(request), _level(request)
    form = DayForm(request.POST or None)
    title = _("Ghi ngày theo thông báo")
    crumbs = [(_("Lịch nghỉ"), reverse("admin_calendar")), (title, "")]
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        if shell.first_shown(request) and _known(asked["day"].year):
            told = services.with_one(asked["day"], asked["kind"], asked["name"], asked["notice"])
            context = {
                "title": title,
                "rows": [*shell.said_of(form), _now(asked["day"])],
                "moved": deadlines.moved(actor, told),
                "shows_moved": True,
                "form": form,
                "submit": title,
                "back": request.path,
                "about": [
                    _("Hạn tính từ lúc ghi theo lịch mới. Hạn đã hẹn của hồ sơ đang giải quyết giữ nguyên."),
                ],
            }
            return shell.drawn(request, "check", context, here="calendar", crumbs=crumbs)
        try:
            services.announce(actor=actor, at=at, **asked)
        except BilingualError as error:
            form.add_error("day", said(error))
        else:
            messages.success(request, _("Đã ghi ngày %(day)s vào lịch.") % {"day": words.day(asked["day"])})
            return redirect(f"{reverse('admin_calendar')}?nam={asked['day'].year}")
    context = {
        "title": title,
        "form": form,
        "submit": _("Xem lại trước khi ghi"),
        "back": reverse("admin_calendar"),
        "about": [
            _("Lịch dùng chung cho mọi cơ quan. Ghi đúng từng ngày của thông báo, kể cả ngày nghỉ bù."),
            _("Ghi lại một ngày đã ghi là sửa ngày ấy; chọn “Ngày thường” để bỏ một ngày ghi nhầm."),
        ],
    }
    return shell.drawn(request, "form", context, here="calendar", crumbs=crumbs)


def _level(request: HttpRequest) -> Unit:
    """The province or the insurer for whose calendar it is; a base office has none."""
    found = selectors.offices(actor_of(request), VERB).filter(kind__in=services.LEVELS).first()
    return found or no_unit(request, VERB)


def _known(year: int) -> bool:
    return workdays.FIRST_YEAR <= year <= workdays.LAST_YEAR


def _now(day: Any) -> dict[str, Any]:
    works = workdays.is_working_day(day)
    name = workdays.holidays_of(day.year).get(day, "")
    return {
        "label": _("Lịch hiện nay"),
        "value": _("ngày làm việc") if works else _("ngày nghỉ"),
        "note": name,
    }


def _line(day: services.CalendarDay) -> dict[str, Any]:
    return {
        "day": day.day,
        "kind": DayOff.Kind(day.kind).label,
        "tone": TONES[day.kind],
        "name": day.name,
        "source": day.source,
        "unverified": day.unverified,
        "announced": day.announced,
    }

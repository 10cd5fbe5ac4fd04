"""Việc của tôi, đang chờ, đã xong: cases of every procedure, oldest due first; the next one nobody has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.office import reading
from ansinh.office.cases import access, procedures, selectors, services
from ansinh.office.cases.models import Case
from ansinh.office.reading import Purpose, Subject
from ansinh.web import features
from ansinh.web.gate import rule
from ansinh.web.staff import casework
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.cases import tables
from ansinh.web.ui import export
from ansinh.web.ui.words import COUNTED


@rule("case.work")
def mine(request: HttpRequest) -> HttpResponseBase:
    """Việc của tôi: what I hold, and what those hold whom I stand in for."""
    rows = selectors.mine(actor_of(request))
    return _tab(request, "cases", rows, _("Ông/bà chưa giữ hồ sơ nào"))


@rule("case.work")
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Đang chờ: until a day to come."""
    return _tab(
        request, "cases_waiting", selectors.waiting(actor_of(request)), _("Không có hồ sơ nào đang chờ")
    )


@rule("case.work")
def done(request: HttpRequest) -> HttpResponseBase:
    """Đã xong: what I had a hand in."""
    rows = selectors.done(actor_of(request))
    return _tab(request, "cases_done", rows, _("Chưa có hồ sơ nào xong"), closed=True)


def _tab(
    request: HttpRequest, here: str, rows: QuerySet[Case], empty: str, closed: bool = False
) -> HttpResponseBase:
    actor = actor_of(request)
    labels = {"cases": _("Việc của tôi"), "cases_waiting": _("Đang chờ"), "cases_done": _("Đã xong")}
    table = tables.cases(
        request,
        rows,
        caption=labels[here],
        empty=empty,
        closed=closed,
        sort="-decided_at" if closed else "due",
    )
    if table.export_asked:
        return export.workbook(table)
    known = {here: table.count} if not table.is_filtered else {}
    counts = selectors.counts(actor, most=COUNTED, waits=known.get("cases_waiting"))
    done = known.get("cases_done")
    sums = {
        "cases": counts.mine,
        "cases_waiting": counts.waiting,
        "cases_done": selectors.count_done(actor, most=COUNTED) if done is None else done,
    }
    context = {
        "table": table,
        "free": counts.free,
        "late": counts.late,
        "procedure": request.GET.get(tables.FILTER, ""),
        "filter": tables.FILTER,
        "tabs": [
            {"label": labels[name], "url": reverse(name), "count": sums[name], "current": name == here}
            for name in labels
        ],
    }
    return render(request, "staff/cases/list.html", context)


@rule("case.work")
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Nhận việc tiếp theo: the one due first that nobody has; then the page of what it is about."""
    actor, asked = actor_of(request), request.POST.get(tables.FILTER, "")
    known = {one.code for one in procedures.registered()}
    case = services.next_task(actor=actor, procedure=asked if asked in known else "")
    if case is None:
        messages.info(request, _("Không còn hồ sơ nào chờ người nhận."))
        return redirect("cases")
    told = casework.about(actor, [case]).get((case.thing_kind, case.thing_id), features.About(""))
    for subject, key in ((Subject.CASE, case.pk), *told.shows):
        if key is not None:
            reading.shown(actor, subject, [key], purpose=Purpose.CASE)
    name = casework.name_of(case)
    messages.success(
        request,
        _("Đã nhận hồ sơ %(number)s: %(about)s. Bước: %(step)s.")
        % {"number": name, "about": told.text or _title(case), "step": tables.step(case)},
    )
    return redirect(casework.page_of(case))


@rule("case.work")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một hồ sơ, một lần: for rounds gone by, and things that have no page of their own."""
    return shown(request, opened(request, access.case, pk))


def shown(request: HttpRequest, case: Case, bound: casework.Bound | None = None) -> HttpResponse:
    """The page of a case, with what was sent and is to be mended."""
    told = casework.about(actor_of(request), [case]).get((case.thing_kind, case.thing_id))
    thing = features.things().get(case.thing_kind)
    context: dict[str, Any] = {
        "case": casework.drawn(request, case, bound),
        "title": casework.name_of(case),
        "caption": _title(case),
        "about": told.text if told else "",
        "thing_url": reverse(thing.url_name, args=[case.thing_id]) if thing and told else "",
        "wrong": next(iter((bound or {}).values()), None),
        "crumbs": [(_("Giải quyết hồ sơ"), reverse("cases")), (casework.name_of(case), "")],
    }
    return render(request, "staff/cases/case.html", context)


def _title(case: Case) -> str:
    return casework.told(procedures.of(case.procedure).name)

"""Cảnh báo: numbers that did not match too often; looked into, then lifted by somebody else than the one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.kernel.errors import BilingualError
from ansinh.office import reading
from ansinh.office.alarms import selectors, services
from ansinh.office.alarms.models import Alert, Whose
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access
from ansinh.web.gate import rule
from ansinh.web.staff.administration import shell, tables
from ansinh.web.staff.administration.forms import NoteForm
from ansinh.web.staff.asking import actor_of
from ansinh.web.ui import export
from ansinh.web.ui.fields import said

VERB = selectors.VERB


@rule(VERB)
def table(request: HttpRequest) -> HttpResponseBase:
    """Cảnh báo trong phạm vi: the open ones unless the address asks for others."""
    actor = actor_of(request)
    every = "tinh-trang" in request.GET
    rows = selectors.in_scope(actor) if every else selectors.open_alerts(actor)
    found = tables.alerts(request, rows)
    if found.export_asked:
        return export.workbook(found)
    context = {"table": found, "every": every}
    return shell.drawn(request, "alerts", context, here="alerts", crumbs=[(_("Cảnh báo"), "")])


@rule(VERB)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một cảnh báo: with the form that lifts it."""
    actor = actor_of(request)
    alert = selectors.in_scope(actor).filter(pk=pk).first() if pk < 2**63 else None
    if alert is None:
        reading.missed(actor, Subject.USER, 0, purpose=Purpose.INSPECT, verb=VERB)
        raise Http404
    reading.shown(actor, Subject.USER, [alert.user_id], purpose=Purpose.INSPECT)
    own = alert.whose == Whose.USER and alert.whose_id == actor.user.pk
    form = NoteForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.lift(actor=actor, alert=alert, note=form.cleaned_data["note"])
        except BilingualError as error:
            form.add_error("note", said(error))
        else:
            messages.success(request, _("Đã xử lý cảnh báo; việc đối chiếu được mở lại."))
            return redirect("admin_alert", pk=pk)
    context = {
        "alert": alert,
        "tone": "red" if alert.level == Alert.Level.STOP else "yellow",
        "facts": _facts(actor, alert),
        "form": form,
        "may_lift": alert.state == Alert.State.OPEN and not own,
        "own": own,
    }
    crumbs = [(_("Cảnh báo"), reverse("admin_alerts")), (alert.get_kind_display(), "")]
    return shell.drawn(request, "alert", context, here="alerts", crumbs=crumbs)


def _facts(actor: Actor, alert: Alert) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": _("Cảnh báo"), "value": alert.get_kind_display()},
        {"label": _("Mức"), "value": alert.get_level_display()},
        {"label": _("Của"), "value": _whose(actor, alert)},
        {"label": _("Người tra cứu sau cùng"), "value": alert.user.full_name, "note": alert.user.username},
        {"label": _("Số lần không khớp trong ngày"), "value": alert.count, "kind": "number"},
        {"label": _("Lúc"), "value": alert.raised_at, "kind": "date"},
        {"label": _("Cơ quan"), "value": alert.office.name},
        {"label": _("Tình trạng"), "value": alert.get_state_display()},
    ]
    if alert.lifted_by:
        rows += [
            {"label": _("Người xử lý"), "value": alert.lifted_by.full_name},
            {"label": _("Xử lý lúc"), "value": alert.lifted_at, "kind": "date"},
            {"label": _("Kết quả xem xét"), "value": alert.note},
        ]
    return rows


def _whose(actor: Actor, alert: Alert) -> str:
    """The account, or the employer whose lists they were, by name where the reader may see it."""
    if alert.whose == Whose.USER:
        return str(alert.get_whose_display())
    try:
        return access.employer(actor, alert.whose_id, purpose=Purpose.INSPECT, verb=VERB).name
    except ObjectDoesNotExist:
        return f"{alert.get_whose_display()} #{alert.whose_id}"

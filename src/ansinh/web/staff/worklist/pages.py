"""Việc cần làm: what waits for an answer, by queue; the address names the queue, the order is by due date."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import reading
from ansinh.web import queues
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.ui import export

REMEMBERED = "work.queue"


@rule("work.read")
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the queue looked at last with its filter, else to the first."""
    held = queues.held(actor_of(request))
    if not held:
        return render(request, "staff/worklist/list.html", {"queues": [], "table": None})
    names = [queue.name for queue in held]
    last, _sign, filtered = request.session.get(REMEMBERED, "").partition("?")
    if last not in names:
        return redirect("work_queue", queue=names[0])
    return redirect(reverse("work_queue", args=[last]) + (f"?{filtered}" if filtered else ""))


@rule("work.read")
def page(request: HttpRequest, queue: str) -> HttpResponseBase:
    """Một nhóm việc: the most urgent first."""
    actor = actor_of(request)
    held = queues.held(actor)
    chosen = next((q for q in held if q.name == queue), None)
    if chosen is None:
        for other in queues.every():
            if other.name == queue:
                reading.refused(actor, other.verb)
        raise Http404
    drawn = chosen.draw(request, chosen.rows(actor), caption=chosen.label, empty=_("Không có việc nào chờ"))
    if drawn.export_asked:
        return export.workbook(drawn)
    request.session[REMEMBERED] = queue + drawn.url(page=None)
    links = queues.links(actor, held, chosen=chosen)
    context = {"queues": links, "table": drawn, "queue": chosen}
    return render(request, "staff/worklist/list.html", context)

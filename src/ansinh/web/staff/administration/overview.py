"""Trang đầu của quản trị: what there is to administer, and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.office.alarms import selectors as alarms
from ansinh.office.staff import selectors
from ansinh.web.gate import rule
from ansinh.web.staff.administration import shell
from ansinh.web.staff.asking import actor_of


@rule("rights.grant")
def page(request: HttpRequest) -> HttpResponse:
    """Các mục: each with what waits in it."""
    actor = actor_of(request)
    counts = {
        "roles": sum(rights.count() for rights in selectors.waiting_sets(actor)),
        "alerts": alarms.open_alerts(actor).count(),
    }
    lines = [
        {
            "label": tab.label,
            "about": tab.about,
            "url": reverse(tab.url_name),
            "count": counts.get(tab.name, 0),
        }
        for tab in shell.held(actor)
    ]
    return shell.drawn(request, "overview", {"lines": lines}, here="")

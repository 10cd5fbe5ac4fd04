"""Trang đầu: where sign-in leads. What waits for an officer and where they may go; for whom others act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ansinh.registers import mandates
from ansinh.web import queues
from ansinh.web.gate import rule


@rule(signed_in=True)
def page(request: HttpRequest) -> HttpResponse:
    """The queues of an officer with what waits in each; the mandates of somebody from outside."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.is_staff:
        return render(request, "home.html", {"queues": queues.links(actor, queues.held(actor))})
    return render(request, "home.html", {"acting": mandates.of(actor)})

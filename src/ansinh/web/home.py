"""Trang đầu: where sign-in leads. An officer goes to the work list, anybody else sees what they may use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from ansinh.registers import mandates
from ansinh.web.gate import rule


@rule(signed_in=True)
def page(request: HttpRequest) -> HttpResponse:
    """Lead an officer to the work list; tell somebody from outside for whom they act."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.is_staff and actor.somewhere("work.read"):
        try:
            return redirect(reverse("work"))
        except NoReverseMatch:
            pass
    return render(request, "home.html", {"acting": [] if actor.is_staff else mandates.of(actor)})

"""Có mặt: note once a minute that a session is in use, from where and by which browser."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from ansinh.office.signin import sessions

POLLED = "job-"  # a progress box asks by itself; that is nobody at work


class PresenceMiddleware:
    """After the page, outside its transaction: the note neither waits for it nor is lost with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        row = getattr(request.session, "row", None)
        polled = request.headers.get("HX-Trigger", "").startswith(POLLED)
        if row is not None and not polled and SESSION_KEY in request.session:
            sessions.note(
                row, address=get_client_ip(request) or "", agent=request.headers.get("User-Agent", "")
            )
        return response

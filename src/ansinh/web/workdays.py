"""Lịch của một yêu cầu: announced days off are read from the record once a request, at the first due date."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ansinh.office.staff import calendar


class CalendarMiddleware:
    """Read the announced days at most once while the page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with calendar.once():
            return self.get_response(request)

"""Addresses of the officers' pages: the months of the books and their runs."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.runs import closing, pages

urlpatterns = [
    path("ky-thu/", require_safe(pages.table), name="runs"),
    path("ky-thu/chay/", pages.start, name="run_start"),
    path("ky-thu/khoa/", closing.close, name="month_close"),
    path("ky-thu/<key:pk>/", require_safe(pages.page), name="run"),
    path("ky-thu/<key:pk>/tien-do/", require_safe(pages.progress), name="run_progress"),
]

"""Addresses of the officers' pages: the months of the books and their runs."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.runs import closing, pages, run

urlpatterns = [
    path("ky-thu/", require_safe(pages.table), name="runs"),
    path("ky-thu/chay/", pages.start, name="run_start"),
    path("ky-thu/do-chi-tieu/", pages.measure, name="measure_start"),
    path("ky-thu/khoa/", closing.close, name="month_close"),
    path("ky-thu/khoa/<dotted:code>/", require_safe(closing.rows), name="month_close_rows"),
    path("ky-thu/luot-chay/", require_safe(run.table), name="all_runs"),
    path("ky-thu/<key:pk>/", require_safe(run.page), name="run"),
    path("ky-thu/<key:pk>/tien-do/", require_safe(run.progress), name="run_progress"),
    path("ky-thu/<key:pk>/chay-lai/", run.retry, name="run_retry"),
    path("ky-thu/<key:pk>/huy/", run.cancel, name="run_cancel"),
]

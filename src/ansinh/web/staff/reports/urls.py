"""Addresses of the officers' pages: the period reports."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.reports import pages

urlpatterns = [
    path("bao-cao/", require_safe(pages.page), name="reports"),
]

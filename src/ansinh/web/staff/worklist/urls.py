"""Addresses of the officers' pages: the work list."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.worklist import pages

urlpatterns = [
    path("viec/", require_safe(pages.start), name="work"),
    path("viec/<word:queue>/", require_safe(pages.page), name="work_queue"),
]

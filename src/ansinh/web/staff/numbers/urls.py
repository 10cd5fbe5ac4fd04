"""Addresses of the officers' pages: registers of official numbers."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.numbers import pages

urlpatterns = [
    path("so-van-ban/", require_safe(pages.page), name="numbers"),
]

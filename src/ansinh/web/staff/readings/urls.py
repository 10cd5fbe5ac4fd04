"""Addresses of the officers' pages: the reading log."""

from __future__ import annotations

from django.urls import path

from ansinh.web.staff.readings import pages

urlpatterns = [
    path("nhat-ky/", pages.table, name="readings"),
]

"""Addresses of the officers' pages: the search box."""

from __future__ import annotations

from django.urls import path

from ansinh.web.staff.search import pages

urlpatterns = [
    path("tim/", pages.page, name="search"),
]

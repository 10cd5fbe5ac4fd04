"""Addresses of the officers' pages: the calculators of law."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.calculators import pages

urlpatterns = [
    path("tinh/", require_safe(pages.table), name="calculators"),
    path("tinh/<dotted:name>/", pages.page, name="calculator"),
    path("nguoi/<key:pk>/tinh/<dotted:name>/", pages.of_person, name="person_calculator"),
]

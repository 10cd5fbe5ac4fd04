"""Addresses of the officers' pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("quan-tri/", include("ansinh.web.staff.administration.urls")),
    path("", include("ansinh.web.staff.calculators.urls")),
    path("", include("ansinh.web.staff.declarations.urls")),
    path("", include("ansinh.web.staff.employers.urls")),
    path("", include("ansinh.web.staff.ledger.urls")),
    path("", include("ansinh.web.staff.people.urls")),
    path("", include("ansinh.web.staff.readings.urls")),
    path("", include("ansinh.web.staff.receipts.urls")),
    path("", include("ansinh.web.staff.refunds.urls")),
    path("", include("ansinh.web.staff.reports.urls")),
    path("", include("ansinh.web.staff.runs.urls")),
    path("", include("ansinh.web.staff.search.urls")),
    path("", include("ansinh.web.staff.statements.urls")),
    path("", include("ansinh.web.staff.targets.urls")),
    path("", include("ansinh.web.staff.work.urls")),
]

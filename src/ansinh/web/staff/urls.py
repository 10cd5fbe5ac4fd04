"""Addresses of the officers' pages."""

from __future__ import annotations

from django.urls import include, path

from ansinh.web.staff import (
    employers,
    households,
    ledger,
    people,
    readings,
    reports,
    runs,
    search,
    statements,
)
from ansinh.web.staff.calculators import pages as calculators

urlpatterns = [
    path("", include("ansinh.web.staff.urls_intake")),
    path("", include("ansinh.web.staff.urls_targets")),
    path("tinh/", calculators.table, name="calculators"),
    path("tinh/<str:name>/", calculators.page, name="calculator"),
    path("nguoi/<int:pk>/tinh/<str:name>/", calculators.of_person, name="person_calculator"),
    path("tim/", search.page, name="search"),
    path("nguoi/", people.table, name="people"),
    path("nguoi/<int:pk>/", people.page, name="person"),
    path("nguoi/<int:pk>/ho-gia-dinh/", households.begin, name="household_begin"),
    path("ho-gia-dinh/<int:pk>/", households.page, name="household"),
    path("ho-gia-dinh/<int:pk>/them/", households.add, name="household_add"),
    path("ho-gia-dinh/<int:pk>/dia-chi/", households.settle, name="household_settle"),
    path("ho-gia-dinh/<int:pk>/<int:person>/quan-he/", households.relate, name="household_relate"),
    path("ho-gia-dinh/<int:pk>/<int:person>/ra-khoi-ho/", households.remove, name="household_remove"),
    path("don-vi/", employers.table, name="employers"),
    path("don-vi/<int:pk>/", employers.page, name="employer"),
    path("don-vi/<int:pk>/c12/<str:month>/", statements.page, name="statement"),
    path("don-vi/<int:pk>/van-ban/<str:month>/<str:form>.<str:kind>", statements.paper, name="paper"),
    path("thong-bao/<str:month>/", statements.table, name="statements"),
    path("thong-bao/<str:month>/c12.pdf", statements.batch, name="statements_batch"),
    path("bao-cao/", reports.page, name="reports"),
    path("bao-cao/<str:month>/<str:form>.xlsx", statements.report, name="report"),
    path("ky-thu/", runs.table, name="runs"),
    path("ky-thu/chay/", runs.start, name="run_start"),
    path("ky-thu/khoa/", runs.close, name="month_close"),
    path("ky-thu/don-doc/", runs.urge, name="urge"),
    path("ky-thu/<int:pk>/", runs.page, name="run"),
    path("ky-thu/<int:pk>/tien-do/", runs.progress, name="run_progress"),
    path("so-cai/", ledger.page, name="ledger"),
    path("nhat-ky/", readings.table, name="readings"),
]

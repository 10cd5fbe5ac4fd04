"""Addresses of the officers' pages."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import require_safe

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
    path("quan-tri/", include("ansinh.web.staff.administration.urls")),
    path("tinh/", require_safe(calculators.table), name="calculators"),
    path("tinh/<dotted:name>/", calculators.page, name="calculator"),
    path("nguoi/<key:pk>/tinh/<dotted:name>/", calculators.of_person, name="person_calculator"),
    path("tim/", search.page, name="search"),
    path("nguoi/", require_safe(people.table), name="people"),
    path("nguoi/<key:pk>/", require_safe(people.page), name="person"),
    path("nguoi/<key:pk>/ho-gia-dinh/", households.begin, name="household_begin"),
    path("ho-gia-dinh/<key:pk>/", require_safe(households.page), name="household"),
    path("ho-gia-dinh/<key:pk>/them/", households.add, name="household_add"),
    path("ho-gia-dinh/<key:pk>/dia-chi/", households.settle, name="household_settle"),
    path("ho-gia-dinh/<key:pk>/<key:person>/quan-he/", households.relate, name="household_relate"),
    path("ho-gia-dinh/<key:pk>/<key:person>/ra-khoi-ho/", households.remove, name="household_remove"),
    path("don-vi/", require_safe(employers.table), name="employers"),
    path("don-vi/<key:pk>/", require_safe(employers.page), name="employer"),
    path("don-vi/<key:pk>/c12/<month:month>/", require_safe(statements.page), name="statement"),
    path(
        "don-vi/<key:pk>/van-ban/<month:month>/<word:form>.<word:kind>",
        require_safe(statements.paper),
        name="paper",
    ),
    path("thong-bao/<month:month>/", require_safe(statements.table), name="statements"),
    path("thong-bao/<month:month>/c12.pdf", statements.batch, name="statements_batch"),
    path("bao-cao/", require_safe(reports.page), name="reports"),
    path("bao-cao/<month:month>/<word:form>.xlsx", require_safe(statements.report), name="report"),
    path("ky-thu/", require_safe(runs.table), name="runs"),
    path("ky-thu/chay/", runs.start, name="run_start"),
    path("ky-thu/khoa/", runs.close, name="month_close"),
    path("ky-thu/don-doc/", runs.urge, name="urge"),
    path("ky-thu/<key:pk>/", require_safe(runs.page), name="run"),
    path("ky-thu/<key:pk>/tien-do/", require_safe(runs.progress), name="run_progress"),
    path("so-cai/", require_safe(ledger.page), name="ledger"),
    path("nhat-ky/", readings.table, name="readings"),
]

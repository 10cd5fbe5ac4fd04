"""Addresses of the officers' pages: what goes out each month: notices, official papers, urging."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.statements import pages, urging

urlpatterns = [
    path("don-vi/<key:pk>/c12/<month:month>/", require_safe(pages.page), name="statement"),
    path(
        "don-vi/<key:pk>/van-ban/<month:month>/<word:form>.<word:kind>",
        require_safe(pages.paper),
        name="paper",
    ),
    path("thong-bao/<month:month>/", require_safe(pages.table), name="statements"),
    path("thong-bao/<month:month>/c12.pdf", pages.batch, name="statements_batch"),
    path("bao-cao/<month:month>/<word:form>.xlsx", require_safe(pages.report), name="report"),
    path("ky-thu/don-doc/", urging.urge, name="urge"),
]

"""Addresses of the officers' pages: the ledger."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.ledger import pages

urlpatterns = [
    path("so-cai/", require_safe(pages.page), name="ledger"),
]

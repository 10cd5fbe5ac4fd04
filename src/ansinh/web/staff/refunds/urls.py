"""Addresses of the officers' pages: refunds."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.refunds import pages

urlpatterns = [
    path("tien-nop/hoan-tra/", require_safe(pages.table), name="refunds"),
    path("tien-nop/hoan-tra/lap/", pages.prepare, name="refund_prepare"),
    path("tien-nop/hoan-tra/<key:pk>/", require_safe(pages.page), name="refund"),
    path("tien-nop/hoan-tra/<key:pk>/xac-dinh/", pages.assess, name="refund_assess"),
    path("tien-nop/hoan-tra/<key:pk>/duyet/", pages.approve, name="refund_approve"),
    path("tien-nop/hoan-tra/<key:pk>/khong-duyet/", pages.refuse, name="refund_refuse"),
]

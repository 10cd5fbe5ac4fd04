"""Addresses of the officers' pages: money received and bank files."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.receipts import pages

urlpatterns = [
    path("tien-nop/", require_safe(pages.table), name="receipts"),
    path("tien-nop/sao-ke/", pages.upload, name="receipt_upload"),
    path("tien-nop/sao-ke/<key:pk>/", require_safe(pages.file), name="receipt_file"),
    path("tien-nop/sao-ke/<key:pk>/xac-nhan/", pages.confirm, name="receipt_file_confirm"),
    path("tien-nop/sao-ke/<key:pk>/khong-nhan/", pages.refuse, name="receipt_file_refuse"),
    path("tien-nop/<key:pk>/", pages.page, name="receipt"),
]

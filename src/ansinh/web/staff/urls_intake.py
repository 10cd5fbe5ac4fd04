"""Addresses of the officers' pages for intake and money."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff import declarations, forms, grid, receipts, refunds, work

urlpatterns = [
    path("viec/", require_safe(work.start), name="work"),
    path("viec/<word:queue>/", require_safe(work.page), name="work_queue"),
    path("ho-so-thu/", require_safe(declarations.table), name="declarations"),
    path("ho-so-thu/nhan/", declarations.upload, name="declaration_upload"),
    path("ho-so-thu/luoi/", grid.start, name="declaration_grid_start"),
    path("ho-so-thu/luoi/<key:pk>/", grid.page, name="declaration_grid"),
    path("ho-so-thu/<key:pk>/", require_safe(declarations.page), name="declaration"),
    path("ho-so-thu/<key:pk>/kiem-tra/", declarations.check, name="declaration_check"),
    path("ho-so-thu/<key:pk>/ghi-nhan/", declarations.book, name="declaration_book"),
    path("ho-so-thu/<key:pk>/tra-lai/", declarations.return_, name="declaration_return"),
    path("ho-so-thu/<key:pk>/loi.xlsx", require_safe(declarations.annotated), name="declaration_errors"),
    path("ho-so-thu/<key:pk>/tep", require_safe(declarations.original), name="declaration_file"),
    path("tien-nop/", require_safe(receipts.table), name="receipts"),
    path("tien-nop/sao-ke/", receipts.upload, name="receipt_upload"),
    path("tien-nop/sao-ke/<key:pk>/", require_safe(receipts.file), name="receipt_file"),
    path("tien-nop/sao-ke/<key:pk>/xac-nhan/", receipts.confirm, name="receipt_file_confirm"),
    path("tien-nop/sao-ke/<key:pk>/khong-nhan/", receipts.refuse, name="receipt_file_refuse"),
    path("tien-nop/hoan-tra/", require_safe(refunds.table), name="refunds"),
    path("tien-nop/hoan-tra/lap/", refunds.prepare, name="refund_prepare"),
    path("tien-nop/hoan-tra/<key:pk>/", require_safe(refunds.page), name="refund"),
    path("tien-nop/hoan-tra/<key:pk>/xac-dinh/", refunds.assess, name="refund_assess"),
    path("tien-nop/hoan-tra/<key:pk>/duyet/", refunds.approve, name="refund_approve"),
    path("tien-nop/hoan-tra/<key:pk>/khong-duyet/", refunds.refuse, name="refund_refuse"),
    path("tien-nop/<key:pk>/", receipts.page, name="receipt"),
    path("to-khai/tk1/", forms.tk1_new, name="tk1_new"),
    path("to-khai/tk3/", forms.tk3_new, name="tk3_new"),
    path("nguoi/<key:pk>/tk1/", forms.tk1, name="tk1"),
    path("don-vi/<key:pk>/tk3/", forms.tk3, name="tk3"),
    path("don-vi/<key:pk>/tinh-trang/", forms.status, name="employer_status"),
]

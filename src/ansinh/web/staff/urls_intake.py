"""Addresses of the officers' pages for intake and money."""

from __future__ import annotations

from django.urls import path

from ansinh.web.staff import declarations, forms, grid, receipts, refunds, work

urlpatterns = [
    path("viec/", work.start, name="work"),
    path("viec/<slug:queue>/", work.page, name="work_queue"),
    path("ho-so-thu/", declarations.table, name="declarations"),
    path("ho-so-thu/nhan/", declarations.upload, name="declaration_upload"),
    path("ho-so-thu/luoi/", grid.start, name="declaration_grid_start"),
    path("ho-so-thu/luoi/<int:pk>/", grid.page, name="declaration_grid"),
    path("ho-so-thu/<int:pk>/", declarations.page, name="declaration"),
    path("ho-so-thu/<int:pk>/kiem-tra/", declarations.check, name="declaration_check"),
    path("ho-so-thu/<int:pk>/ghi-nhan/", declarations.book, name="declaration_book"),
    path("ho-so-thu/<int:pk>/tra-lai/", declarations.return_, name="declaration_return"),
    path("ho-so-thu/<int:pk>/loi.xlsx", declarations.annotated, name="declaration_errors"),
    path("ho-so-thu/<int:pk>/tep", declarations.original, name="declaration_file"),
    path("tien-nop/", receipts.table, name="receipts"),
    path("tien-nop/sao-ke/", receipts.upload, name="receipt_upload"),
    path("tien-nop/sao-ke/<int:pk>/", receipts.file, name="receipt_file"),
    path("tien-nop/hoan-tra/", refunds.table, name="refunds"),
    path("tien-nop/hoan-tra/lap/", refunds.prepare, name="refund_prepare"),
    path("tien-nop/hoan-tra/<int:pk>/", refunds.page, name="refund"),
    path("tien-nop/hoan-tra/<int:pk>/xac-dinh/", refunds.assess, name="refund_assess"),
    path("tien-nop/hoan-tra/<int:pk>/duyet/", refunds.approve, name="refund_approve"),
    path("tien-nop/hoan-tra/<int:pk>/khong-duyet/", refunds.refuse, name="refund_refuse"),
    path("tien-nop/<int:pk>/", receipts.page, name="receipt"),
    path("to-khai/tk1/", forms.tk1_new, name="tk1_new"),
    path("to-khai/tk3/", forms.tk3_new, name="tk3_new"),
    path("nguoi/<int:pk>/tk1/", forms.tk1, name="tk1"),
    path("don-vi/<int:pk>/tk3/", forms.tk3, name="tk3"),
    path("don-vi/<int:pk>/tinh-trang/", forms.status, name="employer_status"),
]

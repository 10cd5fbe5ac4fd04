"""Addresses of administration, below /quan-tri/."""

from __future__ import annotations

from django.urls import path

from ansinh.web.staff.administration import accounts, alerts, calendar, overview, rights, units

urlpatterns = [
    path("", overview.page, name="administration"),
    path("tai-khoan/", accounts.table, name="admin_accounts"),
    path("tai-khoan/mo/", accounts.open_, name="admin_account_open"),
    path("tai-khoan/<int:pk>/", accounts.page, name="admin_account"),
    path("tai-khoan/<int:pk>/viec/<str:name>/", accounts.act, name="admin_account_act"),
    path("tai-khoan/<int:pk>/vai-tro/", rights.propose_role, name="admin_role_propose"),
    path("tai-khoan/<int:pk>/uy-quyen/", rights.propose_mandate, name="admin_mandate_propose"),
    path("quyen/vai-tro/", rights.roles, name="admin_roles"),
    path("quyen/uy-quyen/", rights.mandates, name="admin_mandates"),
    path("quyen/<str:kind>/<int:pk>/", rights.page, name="admin_right"),
    path("quyen/<str:kind>/<int:pk>/dong-y/", rights.grant, name="admin_right_grant"),
    path("quyen/<str:kind>/<int:pk>/tu-choi/", rights.refuse, name="admin_right_refuse"),
    path("quyen/<str:kind>/<int:pk>/thu-hoi/", rights.end, name="admin_right_end"),
    path("co-quan/", units.table, name="admin_units"),
    path("co-quan/<int:pk>/", units.page, name="admin_unit"),
    path("co-quan/<int:pk>/sua/", units.edit, name="admin_unit_edit"),
    path("co-quan/<int:pk>/tai-khoan/", units.propose, name="admin_collecting_propose"),
    path("tai-khoan-thu/<int:pk>/", units.account, name="admin_collecting"),
    path("tai-khoan-thu/<int:pk>/xac-nhan/", units.confirm, name="admin_collecting_confirm"),
    path("tai-khoan-thu/<int:pk>/tu-choi/", units.refuse, name="admin_collecting_refuse"),
    path("tai-khoan-thu/<int:pk>/ket-thuc/", units.end, name="admin_collecting_end"),
    path("lich/", calendar.page, name="admin_calendar"),
    path("lich/ghi/", calendar.announce, name="admin_calendar_announce"),
    path("canh-bao/", alerts.table, name="admin_alerts"),
    path("canh-bao/<int:pk>/", alerts.page, name="admin_alert"),
]

"""Addresses of administration."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.administration import accounts, alerts, calendar, overview, rights, units

urlpatterns = [
    path("quan-tri/", require_safe(overview.page), name="administration"),
    path("quan-tri/tai-khoan/", require_safe(accounts.table), name="admin_accounts"),
    path("quan-tri/tai-khoan/mo/", accounts.open_, name="admin_account_open"),
    path("quan-tri/tai-khoan/<key:pk>/", require_safe(accounts.page), name="admin_account"),
    path("quan-tri/tai-khoan/<key:pk>/viec/<word:name>/", accounts.act, name="admin_account_act"),
    path("quan-tri/tai-khoan/<key:pk>/vai-tro/", rights.propose_role, name="admin_role_propose"),
    path("quan-tri/tai-khoan/<key:pk>/uy-quyen/", rights.propose_mandate, name="admin_mandate_propose"),
    path("quan-tri/quyen/vai-tro/", require_safe(rights.roles), name="admin_roles"),
    path("quan-tri/quyen/uy-quyen/", require_safe(rights.mandates), name="admin_mandates"),
    path("quan-tri/quyen/<word:kind>/<key:pk>/", require_safe(rights.page), name="admin_right"),
    path("quan-tri/quyen/<word:kind>/<key:pk>/dong-y/", rights.grant, name="admin_right_grant"),
    path("quan-tri/quyen/<word:kind>/<key:pk>/tu-choi/", rights.refuse, name="admin_right_refuse"),
    path("quan-tri/quyen/<word:kind>/<key:pk>/thu-hoi/", rights.end, name="admin_right_end"),
    path("quan-tri/co-quan/", require_safe(units.table), name="admin_units"),
    path("quan-tri/co-quan/<key:pk>/", require_safe(units.page), name="admin_unit"),
    path("quan-tri/co-quan/<key:pk>/sua/", units.edit, name="admin_unit_edit"),
    path("quan-tri/co-quan/<key:pk>/tai-khoan/", units.propose, name="admin_collecting_propose"),
    path("quan-tri/tai-khoan-thu/<key:pk>/", require_safe(units.account), name="admin_collecting"),
    path("quan-tri/tai-khoan-thu/<key:pk>/xac-nhan/", units.confirm, name="admin_collecting_confirm"),
    path("quan-tri/tai-khoan-thu/<key:pk>/tu-choi/", units.refuse, name="admin_collecting_refuse"),
    path("quan-tri/tai-khoan-thu/<key:pk>/ket-thuc/", units.end, name="admin_collecting_end"),
    path("quan-tri/lich/", require_safe(calendar.page), name="admin_calendar"),
    path("quan-tri/lich/ghi/", calendar.announce, name="admin_calendar_announce"),
    path("quan-tri/canh-bao/", require_safe(alerts.table), name="admin_alerts"),
    path("quan-tri/canh-bao/<key:pk>/", alerts.page, name="admin_alert"),
]

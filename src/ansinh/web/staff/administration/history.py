"""Lịch sử: what administrators did, and what the database's triggers kept of it, as one timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import hands
from ansinh.office.models import User
from ansinh.office.staff import selectors
from ansinh.registers import history
from ansinh.web.staff import trace
from ansinh.web.ui import words

FIELDS: dict[str, str | Promise] = {
    "username": gettext_lazy("Tên đăng nhập"),
    "full_name": gettext_lazy("Họ và tên"),
    "is_active": gettext_lazy("Đang dùng"),
    "unit_id": gettext_lazy("Mở tại cơ quan"),
    "address": gettext_lazy("Địa chỉ"),
    "phone": gettext_lazy("Điện thoại"),
    "signer": gettext_lazy("Người ký văn bản"),
    "signer_title": gettext_lazy("Chức danh người ký"),
    "booking_people": gettext_lazy("Mức người ghi nhận"),
    "booking_money": gettext_lazy("Mức tiền ghi nhận"),
    "archives_inputs": gettext_lazy("Lưu trữ dữ liệu đầu vào"),
    "valid_to": gettext_lazy("Đến hết ngày"),
    "reason": gettext_lazy("Lý do"),
}
DECIDED = frozenset({"state", "decided_by_id", "decided_at"})  # the hands tell these
ACTS: dict[str, str | Promise] = {
    "propose": gettext_lazy("Đề nghị"),
    "granted": gettext_lazy("Đồng ý"),
    "refused": gettext_lazy("Không đồng ý"),
    "confirmed": gettext_lazy("Xác nhận"),
}


def of_account(user: User) -> list[dict[str, Any]]:
    """Việc đã làm với một tài khoản: the newest first."""
    acts = [
        {
            "at": act.at,
            "who": act.by.full_name if act.by else _("trên máy chủ"),
            "title": act.get_act_display(),
            "text": act.reason,
        }
        for act in selectors.acts(user)
    ]
    kept = of_row("user", user.pk)
    return sorted([*acts, *kept], key=lambda event: event["at"], reverse=True)


def of_row(table: str, pk: int) -> list[dict[str, Any]]:
    """Thay đổi của một dòng: as its trigger kept them, the newest first."""
    kept = [
        replace(change, before=_plain(change.before), after=_plain(change.after))
        for change in history.changes(table, [pk])
    ]
    return trace.events(kept, fields=FIELDS)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Without what the hands tell; a last day as people write it."""
    said = {field: value for field, value in values.items() if field not in DECIDED}
    if said.get("valid_to"):
        said["valid_to"] = words.day(date.fromisoformat(said["valid_to"]))
    return said


def of_hands(thing: str, pk: int) -> list[dict[str, Any]]:
    """Ai đã đề nghị, ai đã quyết định: the first first."""
    return [
        {"at": hand.at, "who": hand.user.full_name, "title": ACTS.get(hand.act, hand.act)}
        for hand in hands.of(thing, pk)
    ]

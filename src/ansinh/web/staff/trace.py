"""Dấu vết của một hồ sơ: kept changes in words, fields by their name; who has looked at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.office.reading import selectors
from ansinh.office.reading.models import Look, Purpose
from ansinh.registers import history
from ansinh.registers.history import Change
from ansinh.registers.models import Person
from ansinh.web.ui import words

READERS_SHOWN = 30
SILENT = frozenset({"name_fold", "name_sort", "declaration_id"})
FIELDS: dict[str, str | Promise] = {
    "si_number": gettext_lazy("Mã số BHXH"),
    "citizen_id": gettext_lazy("Số định danh"),
    "full_name": gettext_lazy("Họ và tên"),
    "birth_year": gettext_lazy("Năm sinh"),
    "birth_month": gettext_lazy("Tháng sinh"),
    "birth_day": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "nationality": gettext_lazy("Quốc tịch"),
    "ethnicity": gettext_lazy("Dân tộc"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "address": gettext_lazy("Địa chỉ"),
    "commune_id": gettext_lazy("Xã, phường"),
    "office_id": gettext_lazy("Cơ quan quản lý"),
    "household_id": gettext_lazy("Hộ gia đình"),
    "relation": gettext_lazy("Quan hệ với chủ hộ"),
    "bank_account": gettext_lazy("Tài khoản nhận"),
    "identity": gettext_lazy("Xác thực"),
    "identity_on": gettext_lazy("Ngày xác thực"),
    "identity_note": gettext_lazy("Ghi chú xác thực"),
    "died_on": gettext_lazy("Ngày chết"),
    "unit_code": gettext_lazy("Mã đơn vị"),
    "tax_code": gettext_lazy("Mã số thuế"),
    "name": gettext_lazy("Tên đơn vị"),
    "officer_id": gettext_lazy("Viên chức quản lý"),
    "region": gettext_lazy("Vùng lương tối thiểu"),
    "cycle": gettext_lazy("Phương thức đóng (tháng)"),
    "budget": gettext_lazy("Hưởng lương từ ngân sách nhà nước"),
    "low_injury_rate": gettext_lazy("Đóng TNLĐ, BNN 0,3 %"),
    "health_group": gettext_lazy("Nhóm BHYT"),
    "opened_on": gettext_lazy("Tham gia từ ngày"),
    "code": gettext_lazy("Mã hộ"),
    "employer_id": gettext_lazy("Đơn vị"),
    "person_id": gettext_lazy("Người tham gia"),
    "scheme": gettext_lazy("Chế độ"),
    "from_month": gettext_lazy("Từ tháng"),
    "to_month": gettext_lazy("Đến tháng"),
    "worker_group": gettext_lazy("Nhóm lao động"),
    "si": gettext_lazy("Đóng BHXH"),
    "hi": gettext_lazy("Đóng BHYT"),
    "ui": gettext_lazy("Đóng BHTN"),
    "wi": gettext_lazy("Đóng TNLĐ, BNN"),
    "pay_kind": gettext_lazy("Cách trả lương"),
    "wage": gettext_lazy("Tiền lương"),
    "coefficient_milli": gettext_lazy("Hệ số lương (phần nghìn)"),
    "reserve_milli": gettext_lazy("Hệ số chênh lệch bảo lưu (phần nghìn)"),
    "position_milli": gettext_lazy("Phụ cấp chức vụ (phần nghìn)"),
    "beyond_frame_bp": gettext_lazy("Phụ cấp vượt khung (phần vạn)"),
    "seniority_bp": gettext_lazy("Phụ cấp thâm niên (phần vạn)"),
    "other_pay": gettext_lazy("Khoản bổ sung"),
    "part_time": gettext_lazy("Không trọn thời gian"),
    "ui_relief": gettext_lazy("Giảm đóng BHTN"),
    "job_title": gettext_lazy("Chức danh"),
    "contract": gettext_lazy("Hợp đồng"),
    "contract_on": gettext_lazy("Ngày hợp đồng"),
    "hospital": gettext_lazy("Nơi KCB ban đầu"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "sex": dict(Person.Sex.choices),
    "identity": dict(Person.Identity.choices),
    "relation": dict(Person.Relation.choices),
}
MONTHS = frozenset({"from_month", "to_month"})
MONEY = frozenset({"wage", "other_pay", "booking_money"})


def events(
    changes: Iterable[Change], *, fields: Mapping[str, str | Promise] = FIELDS
) -> list[dict[str, Any]]:
    """Changes as the timeline draws them, newest first (at most four queries for the names)."""
    kept = sorted((c for c in changes if set(c.after) - SILENT), key=lambda c: c.at, reverse=True)
    named = _names(kept)
    return [
        {
            "at": change.at,
            "who": change.who or _("hệ thống"),
            "title": _("Sửa thông tin"),
            "text": "; ".join(
                f"{fields.get(field, field)}: {_said(named, field, change.before[field])}"
                f" → {_said(named, field, change.after[field])}"
                for field in change.after
                if field not in SILENT
            ),
        }
        for change in kept
    ]


def _said(named: dict[str, dict[int, str]], field: str, value: Any) -> str:
    """One value in words."""
    if value is None or value == "":
        return _("trống")
    if field in named:
        return named[field].get(value, f"#{value}")
    if field in CHOICES:
        return str(CHOICES[field].get(value, value))
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if field in MONTHS:
        return Month.from_index(value).vi()
    if field in MONEY:
        return format_dong(value)
    if field.endswith("_on"):
        return words.day(date.fromisoformat(value))
    return str(value)


def _names(changes: Iterable[Change]) -> dict[str, dict[int, str]]:
    """What the keys among the values stand for, by field."""
    keys: dict[str, set[int]] = {}
    for change in changes:
        for field in change.after:
            keys.setdefault(field, set()).update(
                v for v in (change.before[field], change.after[field]) if isinstance(v, int)
            )
    places = keys.get("commune_id", set()) | keys.get("office_id", set())
    units = history.names("unit", places)
    found = {f"{kind}_id": history.names(kind, keys[f"{kind}_id"])
             for kind in ("officer", "household", "employer") if f"{kind}_id" in keys}  # fmt: skip
    return {"commune_id": units, "office_id": units, **found}


class Reader(NamedTuple):
    """Một lượt xem: when, by whom, what for."""

    at: datetime
    who: str
    why: str


def readers(subject: str, pk: int) -> list[Reader]:
    """Ai đã xem một hồ sơ: newest first, the last few; of who was not let in, what they were told."""
    looks = selectors.of(subject, pk).values_list(
        "look__at", "look__user__full_name", "look__user__username", "look__purpose", "look__outcome"
    )
    purposes, outcomes = dict(Purpose.choices), dict(Look.Outcome.choices)
    return [
        Reader(
            at,
            name or account,
            str(purposes.get(purpose, purpose))
            + ("" if outcome == Look.Outcome.SHOWN else f" · {outcomes.get(outcome, outcome)}"),
        )
        for at, name, account, purpose, outcome in looks[:READERS_SHOWN]
    ]

"""Xác thực người tham gia với sổ (QĐ 366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.1 điểm b)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from ansinh.collection.declarations.record import Held, Record
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.text import clean_name

Blame = Callable[..., None]


def spelling(name: str) -> tuple[tuple[str, str], ...]:
    """Cách viết của một họ tên, không kể chỗ đặt dấu thanh: "Hoà" and "Hòa" are one name, "Hoa" another.

    Each word as its bare letters and its marks; đ stays a letter of its own.
    """
    words = []
    for word in clean_name(name).lower().split():
        parts = unicodedata.normalize("NFD", word)
        letters = "".join(c for c in parts if not unicodedata.combining(c))
        words.append((letters, "".join(sorted(c for c in parts if unicodedata.combining(c)))))
    return tuple(words)


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two birth dates agree as far as both are known."""
    shared = min(len(one.iso()), len(other.iso()))
    return one.iso()[:shared] == other.iso()[:shared]


def verify(row: D02Row, record: Record, error: Blame, warn: Blame) -> Held | None:
    """The person of a row, checked number by number, name and birth; None when unknown or contradicted.

    `error` and `warn` take (column, code, vi, en). An unknown person with a citizen ID is no error: they are
    new. A mismatch names what the list says and what the register says.
    """
    by_si = record.by_si.get(row.si_number or "")
    by_citizen = record.by_citizen.get(row.citizen_id or "")
    if row.si_number and by_si is None:
        error(
            "si_number",
            "identity.unknown",
            f"Mã số BHXH {row.si_number} không có trong cơ sở dữ liệu"
            + (f"; số định danh {row.citizen_id} có mã số {by_citizen.si_number}." if by_citizen else "."),
            f"SI number {row.si_number} is not in the register"
            + (f"; citizen ID {row.citizen_id} has {by_citizen.si_number}." if by_citizen else "."),
        )
        return None
    if by_si and by_citizen and by_si.id != by_citizen.id:
        error(
            "si_number",
            "identity.two_people",
            f"Mã số BHXH {row.si_number} là của {by_si.name}, "
            f"số định danh {row.citizen_id} là của {by_citizen.name}.",
            f"SI number {row.si_number} is {by_si.name}'s, citizen ID {row.citizen_id} {by_citizen.name}'s.",
        )
        return None
    held = by_si or by_citizen
    if held is None:
        return None
    return held if _same(row, held, error, warn) else None


def _same(row: D02Row, held: Held, error: Blame, warn: Blame) -> bool:
    same = True
    if row.name and spelling(row.name) != spelling(held.name):
        same = False
        error(
            "name",
            "identity.name",
            f"Họ tên “{row.name}” khác cơ sở dữ liệu: “{held.name}”.",
            f"The name “{row.name}” differs from the register's “{held.name}”.",
        )
    if row.birth and not agree(row.birth, held.birth):
        same = False
        error(
            "birth",
            "identity.birth",
            f"Ngày sinh {row.birth.vi()} khác cơ sở dữ liệu: {held.birth.vi()}.",
            f"The birth date {row.birth.iso()} differs from the register's {held.birth.iso()}.",
        )
    if row.si_number and row.citizen_id and held.citizen_id and row.citizen_id != held.citizen_id:
        same = False
        error(
            "citizen_id",
            "identity.citizen_id",
            f"Số định danh {row.citizen_id} khác cơ sở dữ liệu: {held.citizen_id}.",
            f"The citizen ID {row.citizen_id} differs from the register's {held.citizen_id}.",
        )
    if same and held.identity == "mismatch":
        warn(
            "citizen_id",
            "identity.population",
            "Thông tin người này đang lệch với CSDL quốc gia về dân cư.",
            "This person's data differ from the population register.",
        )
    return same

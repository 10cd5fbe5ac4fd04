"""Cách viết trên màn hình: values as an officer reads them: money, months, days, shares, identity numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ansinh.kernel.identity import group, mask
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month

COUNTED = 10_000
"""Rows of a queryset that are counted, and leafed through."""
SOON = 3  # working days: the officer is warned from here on


def money(value: Any) -> str:
    """12.345.678, without the unit; empty for None."""
    return "" if value in (None, "") else format_dong(int(value))


def number(value: Any) -> str:
    """A count, thousands apart: 1.284."""
    return "" if value in (None, "") else format_dong(int(value))


def counted(value: int) -> str:
    """A count that ends somewhere: 1.284, and "hơn 10.000" of all that are more."""
    return _("hơn %(count)s") % {"count": number(COUNTED)} if value > COUNTED else number(value)


def coefficient(milli: int) -> str:
    """Hệ số lương: from thousandths, at least two digits after the comma; 2,34, 2,067; empty for nothing."""
    return f"{milli // 1000},{f'{milli % 1000:03d}'.removesuffix('0')}" if milli else ""


def percent(value: Any, digits: int = 1) -> str:
    """A share (Fraction, 1 = 100 %) as the Vietnamese write it: 86,6%."""
    if value in (None, ""):
        return ""
    scaled = Fraction(value) * 100 * 10**digits
    whole = int(scaled + Fraction(1, 2)) if scaled >= 0 else -int(-scaled + Fraction(1, 2))
    sign, text = ("-" if whole < 0 else ""), str(abs(whole)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]},{text[-digits:]}%" if digits else f"{sign}{text}%"


def day(value: Any) -> str:
    """24/11/2026, or 24/11/2026 09:30 for an instant, in local time."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else ""


def month(value: Any) -> str:
    """07/2026, of a Month or of its index in the database."""
    if value in (None, ""):
        return ""
    return (value if isinstance(value, Month) else Month.from_index(int(value))).vi()


def masked(value: Any) -> str:
    """An identity number in a list: only its last digits are shown."""
    return mask(str(value)) if value else ""


def grouped(value: Any) -> str:
    """An identity number on a person's own page, in groups."""
    return group(str(value)) if value else ""


def place(address: str, commune: str) -> str:
    """Địa chỉ: with the commune's name once."""
    return address if commune and commune in address else ", ".join(x for x in (address, commune) if x)


def due(days: int) -> str:
    """Hạn trả in words: `days` is the working days left, negative when late."""
    if days == 0:
        return _("hạn hôm nay")
    if days > 0:
        left = ngettext("còn {days} ngày làm việc", "còn {days} ngày làm việc", days)
        return left.format(days=days)
    late = ngettext("quá hạn {days} ngày làm việc", "quá hạn {days} ngày làm việc", -days)
    return late.format(days=-days)


def due_tone(days: int) -> str:
    """late, soon, or nothing."""
    return "late" if days < 0 else "soon" if days <= SOON else ""


def cell(value: Any, kind: str) -> str:
    """A table cell in words."""
    return writer(kind)(value)


def writer(kind: str) -> Callable[[Any], str]:
    """How cells of a kind are written."""
    return WRITERS.get(kind, _text)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _due(value: Any) -> str:
    return "" if value is None else due(int(value))


WRITERS = {"money": money, "number": number, "percent": percent, "date": day, "month": month, "due": _due}

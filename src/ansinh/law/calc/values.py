"""Giá trị: results written exactly as text and numbers, and read back for comparison."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Kind

__all__ = ["canonical", "exact_decimal", "plain"]


def exact_decimal(value: Fraction) -> str:
    """Số thập phân chính xác: every digit, none rounded away.

    A third has no last digit; it is written as a fraction rather than cut.

    >>> exact_decimal(Fraction(5, 2)), exact_decimal(Fraction(-1, 8)), exact_decimal(Fraction(4))
    ('2.5', '-0.125', '4')
    >>> exact_decimal(Fraction(1, 3))
    '1/3'
    """
    rest, digits = value.denominator, 0
    while rest % 10 == 0:
        rest, digits = rest // 10, digits + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, digits = rest // prime, digits + 1
    if rest != 1:
        return str(value)
    scaled = abs(value) * 10**digits
    text = str(scaled.numerator // scaled.denominator).rjust(digits + 1, "0")
    if digits:
        text = f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def plain(kind: Kind, value: Any) -> Any:
    """Giá trị để xuất: what JSON can carry, exact: int dong, ``"69.5%"``, ``"2.5"``, ISO days and months."""
    if isinstance(value, (list, tuple)):
        if kind.fields:
            return [_plain_record(kind.fields, item) for item in value]
        inner = kind.item or Kind("text")
        return [plain(inner, item) for item in value]
    if isinstance(value, Mapping):
        return _plain_record(kind.fields, value)
    if isinstance(value, Fraction):
        return _plain_fraction(kind, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Month):
        return str(value)
    return value


def canonical(kind: Kind, value: Any) -> Any:
    """Giá trị để so sánh: exact and independent of spelling, so that ``1.0650%`` equals ``1.065%``.

    Takes results and what a file of cases expects alike.
    """
    if isinstance(value, (list, tuple)):
        if kind.fields:
            return [canonical(kind, item) for item in value]
        inner = kind.item or Kind("text")
        return [canonical(inner, item) for item in value]
    if isinstance(value, Mapping):
        return {key: canonical(kind.fields.get(key, Kind("text")), item) for key, item in value.items()}
    if kind.name in ("percent", "decimal", "number"):
        return _canonical_number(value)
    if isinstance(value, (date, Month)):
        return plain(kind, value)
    return value


def _plain_record(fields: Mapping[str, Kind], record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(fields[name], item) for name, item in record.items()}


def _plain_fraction(kind: Kind, value: Fraction) -> Any:
    if kind.name == "percent":
        return f"{exact_decimal(value * 100)}%"
    if kind.name == "number":
        return value.numerator if value.denominator == 1 else float(value)
    return exact_decimal(value)


def _canonical_number(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    try:
        if isinstance(value, str) and value.endswith("%"):
            return Fraction(value[:-1]) / 100
        return Fraction(str(value))
    except ValueError:
        return value

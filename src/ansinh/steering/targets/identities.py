"""Đẳng thức giữa các số liệu: what must hold between published numbers, each checked exactly.

An identity names its kind, the figures it is about (`of`), and the number it must give: `is` for a whole
number (half up), `prints_as` for a percent as printed or, for a difference, another figure's rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ansinh.kernel.money import format_dong
from ansinh.kernel.rounding import half_up
from ansinh.kernel.shares import percent as shown
from ansinh.steering.targets import dictionary
from ansinh.steering.targets.intervals import Interval, as_printed
from ansinh.steering.targets.pace import elapsed
from ansinh.steering.targets.published import BadFigure, Book, Published, target_share

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """Kết quả kiểm tra: key, whether it holds, and the numbers in words."""

    key: str
    holds: bool
    detail: str


def checks(book: Book) -> list[Check]:
    """Mọi kiểm tra: each implied target or population, then each identity, in the order listed."""
    found = [_implied(figure) for figure in book.figures.values() if figure.target or figure.coverage]
    return found + [identity(book, entry) for entry in book.identities]


def identity(book: Book, entry: Entry) -> Check:
    """Kiểm tra một đẳng thức. Raises `BadFigure` for an unknown kind or figure."""
    if entry["kind"] not in KINDS:
        raise BadFigure(
            f"{entry['key']}: loại đẳng thức lạ {entry['kind']}",
            f"{entry['key']}: unknown kind of identity {entry['kind']}",
            code="identity.kind",
        )
    holds, numbers = KINDS[entry["kind"]](book, entry, [book[key] for key in entry["of"]])
    return Check(entry["key"], holds, f"{entry['words']}: {numbers}")


def _implied(figure: Published) -> Check:
    printed = (figure.coverage or figure.percent_of_target).replace(".", ",")
    if figure.target is None:
        words = f"{_n(figure.part)} = {printed} % → {_n(figure.amount)} ({_range(figure.interval)})"
    else:
        words = (
            f"{_n(figure.amount)} = {printed} % → chỉ tiêu {_n(figure.target.nearest)} "
            f"({_range(figure.target.interval)})"
        )
    if figure.target_widest and figure.target and figure.target_widest != figure.target.interval:
        words += f"; kể cả “{_WORDS[figure.qualifier]}”: {_range(figure.target_widest)}"
    return Check(figure.key, figure.comes_back, f"{_about(figure)}: {words}")


def _sum(_: Book, __: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    total, parts = of[0].amount, [part.amount for part in of[1:]]
    return total == sum(parts), f"{' + '.join(map(_n, parts))} = {_n(sum(parts))}, in là {_n(total)}"


def _product(_: Book, __: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    total, (one, other) = of[0].amount, (of[1].amount, of[2].amount)
    return total == one * other, f"{_n(one)} × {_n(other)} = {_n(one * other)}, in là {_n(total)}"


def _difference(book: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    rest = of[0].amount - of[1].amount
    rounded = book[entry["prints_as"]]
    holds = rest == entry["is"] and rest in rounded.interval
    return holds, f"{_n(of[0].amount)} − {_n(of[1].amount)} = {_n(rest)}, in tròn là {_n(rounded.amount)}"


def _targets(book: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    total = sum(figure.target.nearest for figure in of if figure.target)
    whole = book[entry["within"]].target
    if whole is None:
        return False, "không có chỉ tiêu suy ra"
    return total in whole.interval, f"{_n(total)} so với {_range(whole.interval)}"


def _at_most(_: Book, __: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return of[0].interval.low <= of[1].interval.high, f"{_n(of[0].amount)} ≤ {_n(of[1].amount)}"


def _percent(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _printed(Fraction(of[0].amount, of[1].amount), entry)


def _percent_of_sum(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _printed(Fraction(sum(part.amount for part in of[1:]), of[0].amount), entry)


def _quotient(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _whole(Fraction(of[0].amount, of[1].amount * entry.get("over", 1)), entry)


def _per_dollar(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _whole(Fraction(of[0].amount, of[0].usd), entry)


def _before_growth(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _whole(of[0].amount / (1 + _share(of[1])), entry)


def _growth_ratio(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _printed((1 + _share(of[0])) / (1 + _share(of[1])) - 1, entry)


def _behind_pace(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _printed(elapsed(of[0].as_of) - target_share(of[0]).low, entry)


def _shortfall(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    return _printed(1 - _share(of[0]), entry)


def _measured_in(_: Book, entry: Entry, of: Sequence[Published]) -> tuple[bool, str]:
    measure = dictionary.entries()[of[0].indicator].measure
    return measure == entry["measure"], f"{_n(of[0].amount)} · {measure}"


Kind = Callable[[Book, Entry, Sequence[Published]], tuple[bool, str]]
KINDS: Mapping[str, Kind] = {
    "sum": _sum,
    "product": _product,
    "difference": _difference,
    "targets": _targets,
    "at_most": _at_most,
    "percent": _percent,
    "percent_of_sum": _percent_of_sum,
    "quotient": _quotient,
    "per_dollar": _per_dollar,
    "before_growth": _before_growth,
    "growth_ratio": _growth_ratio,
    "behind_pace": _behind_pace,
    "shortfall": _shortfall,
    "measured_in": _measured_in,
}
_WORDS = {"exact": "đúng", "more_than": "hơn", "nearly": "gần", "about": "khoảng"}


def _printed(value: Fraction, entry: Entry) -> tuple[bool, str]:
    printed = str(entry["prints_as"])
    return as_printed(value, printed), f"{shown(value, comma=True)}, ghi {printed.replace('.', ',')} %"


def _whole(value: Fraction, entry: Entry) -> tuple[bool, str]:
    return half_up(value) == entry["is"], f"{_n(half_up(value))}, ghi {_n(entry['is'])}"


def _share(figure: Published) -> Fraction:
    """A percent kept as a whole number of its last digit, as a share of 1."""
    return Fraction(figure.amount, 100 * 10 ** dictionary.entries()[figure.indicator].decimals)


def _about(figure: Published) -> str:
    return f"{dictionary.entries()[figure.indicator].short_vi} {figure.about}"


def _n(value: int) -> str:
    return format_dong(value)


def _range(interval: Interval) -> str:
    return f"{_tenths(interval.low)} – {_tenths(interval.high)}"


def _tenths(value: Fraction) -> str:
    whole, tenth = divmod(half_up(value * 10), 10)
    return f"{format_dong(whole)},{tenth}"

"""Miễn cùng chi trả: five consecutive years of insurance and co-payments above six base salaries in the year.

Rounding: what is left to pay after the base salary changed is rounded half up to the dong once.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.health.book import BOOK, HealthScale


class CopaymentYear(NamedTuple):
    """Cùng chi trả trong năm, dong: what counts so far, the part before the base salary changed, both bases.

    Where the base has not changed in the year `copaid_before_change` is 0 and `old_base` the base itself.
    """

    copaid: int
    copaid_before_change: int
    old_base: int


class Exemption(NamedTuple):
    """Miễn cùng chi trả: whether it holds already, and what is left to pay before it does, dong."""

    exempt: bool
    copayment_left: int


@provision(
    "health.gap",
    clause="25/2008/QH12, Điều 22 khoản 1; 146/2018/NĐ-CP, Điều 12 khoản 5",
    since="2015-01-01",
    until="2025-06-30",
    term="gián đoạn vẫn tính là liên tục",
)
def is_continuous_2018(ended: date, resumed: date, scale: HealthScale) -> bool:
    """A gap of at most three months."""
    return resumed <= months_after(ended + timedelta(days=1), scale.gap_months)


@provision(
    "health.gap",
    clause="188/2025/NĐ-CP, Điều 18 khoản 1 điểm a",
    since="2025-07-01",
    term="gián đoạn vẫn tính là liên tục",
)
def is_continuous_2025(ended: date, resumed: date, scale: HealthScale) -> bool:
    """A gap of at most 90 days."""
    is_short: bool = (resumed - ended).days - 1 <= scale.gap_days
    return is_short


is_continuous = versions(is_continuous_2018, is_continuous_2025)


def continuous_from(cards: Sequence[tuple[date, date]], on: date) -> date | None:
    """Ngày bắt đầu thời gian tham gia liên tục: None when no card is valid on the day.

    `cards` are first and last days of validity. A gap is judged by the law of the day the next card begins.

    >>> cards = [(date(2020, 1, 1), date(2022, 12, 31)), (date(2023, 3, 1), date(2026, 12, 31))]
    >>> continuous_from(cards, date(2026, 1, 1))
    datetime.date(2020, 1, 1)
    """
    begun = [card for card in sorted(cards) if card[0] <= on]
    if not any(on <= last for _, last in begun):
        return None
    start, end = begun[0]
    for first, last in begun[1:]:
        if first > end + timedelta(days=1) and not is_continuous.on(first)(end, first, BOOK.on(first)):
            start = first
        end = max(end, last)
    return start


@provision(
    "health.five_years",
    clause="25/2008/QH12, Điều 22 khoản 1; 188/2025/NĐ-CP, Điều 18 khoản 2 điểm a",
    since="2015-01-01",
    term="đủ thời gian tham gia liên tục",
)
def has_five_years(insured_from: date, on: date, scale: HealthScale) -> bool:
    """Five consecutive years of insurance or more on the day."""
    return on >= months_after(insured_from, scale.exemption_years * 12)


@provision(
    "health.copayment_year_from",
    clause="25/2008/QH12, Điều 22 khoản 1; 146/2018/NĐ-CP, Điều 27 khoản 3; 188/2025/NĐ-CP, Điều 18 khoản 2",
    since="2015-01-01",
    term="ngày đầu của năm tính cùng chi trả",
)
def copayment_year_from(day: date) -> date:
    """1 January of the year of the visit."""
    return date(day.year, 1, 1)


@provision(
    "health.copayment_left",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm c; 146/2018/NĐ-CP, Điều 27 khoản 3",
    since="2015-01-01",
    until="2025-06-30",
    term="số tiền còn lại phải cùng chi trả trong năm",
)
def exemption_2014(year: CopaymentYear, scale: HealthScale) -> Exemption:
    """Six base salaries less what was paid since 1 January; above them everything is the fund's."""
    most = scale.exemption_multiple * scale.base_salary
    return Exemption(year.copaid > most, max(most - year.copaid, 0))


@provision(
    "health.copayment_left",
    clause="25/2008/QH12, Điều 22 khoản 1 điểm d; 188/2025/NĐ-CP, Điều 18 khoản 2",
    since="2025-07-01",
    term="số tiền còn lại phải cùng chi trả trong năm",
)
def exemption_2025(year: CopaymentYear, scale: HealthScale) -> Exemption:
    """Six base salaries; once the base changed, the months unpaid at the old one are due at the new."""
    multiple, base = scale.exemption_multiple, scale.base_salary
    if year.old_base == base:
        most = multiple * base
        return Exemption(year.copaid > most, max(most - year.copaid, 0))
    if year.copaid_before_change >= multiple * year.old_base:
        return Exemption(exempt=True, copayment_left=0)
    due = half_up((multiple - Fraction(year.copaid_before_change, year.old_base)) * base)
    since = year.copaid - year.copaid_before_change
    return Exemption(since > due, max(due - since, 0))


exemption = versions(exemption_2014, exemption_2025)


def months_after(day: date, months: int) -> date:
    """Ngày cùng số sau một số tháng: the last day of a shorter month."""
    month = Month.of(day) + months
    return date(month.year, month.month, min(day.day, month.days))

"""Mức hưởng trợ cấp ốm đau: rates, and what months and days come to, exact.

Rounding: half up to the dong, once, on each figure answered; the texts state no rounding and their examples
differ (105/2016/TTLT, ví dụ 7 cuts; 88/2025/TT-BCA, ví dụ 5 rounds the day first).
"""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.sickness.book import SicknessScale
from ansinh.law.sickness.facts import Insured
from ansinh.law.sickness.limits import seniority

RATE_TERM = "tỷ lệ hưởng trợ cấp ốm đau"
REDUCED_TERM = "tỷ lệ hưởng tiếp trợ cấp ốm đau"
DAYS_TERM = "trợ cấp ốm đau của các ngày"
MONTH_TERM = "trợ cấp ốm đau một tháng"
ODD_TERM = "trợ cấp ốm đau của những ngày lẻ không trọn tháng"


@provision(
    "sickness.rate",
    clause="58/2014/QH13, Điều 28 khoản 1, 3",
    since="2016-01-01",
    until="2025-06-30",
    term=RATE_TERM,
)
def rate_2014(worker_group: Insured, scale: SicknessScale) -> Fraction:
    """75%; the armed forces 100%."""
    rate: Fraction = scale.armed_forces_rate if worker_group == Insured.ARMED_FORCES else scale.rate
    return rate


@provision(
    "sickness.rate",
    clause="41/2024/QH15, Điều 45 khoản 2, 4; 157/2025/NĐ-CP, Điều 11",
    since="2025-07-01",
    term=RATE_TERM,
)
def rate_2024(worker_group: Insured, scale: SicknessScale) -> Fraction:
    """75%; the armed forces 100%."""
    rate: Fraction = scale.armed_forces_rate if worker_group == Insured.ARMED_FORCES else scale.rate
    return rate


rate = versions(rate_2014, rate_2024)


@provision(
    "sickness.reduced_rate",
    clause="71/2006/QH11, Điều 25 khoản 2",
    since="2007-01-01",
    until="2015-12-31",
    term=REDUCED_TERM,
)
def reduced_rate_2006(contributed_months: int, scale: SicknessScale) -> Fraction:
    """45% below 15 years contributed, 55% from 15, 65% from 30."""
    return _reduced(contributed_months, scale)


@provision(
    "sickness.reduced_rate",
    clause="58/2014/QH13, Điều 28 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=REDUCED_TERM,
)
def reduced_rate_2014(contributed_months: int, scale: SicknessScale) -> Fraction:
    """50% below 15 years contributed, 55% from 15, 65% from 30."""
    return _reduced(contributed_months, scale)


@provision(
    "sickness.reduced_rate",
    clause="41/2024/QH15, Điều 45 khoản 3",
    since="2025-07-01",
    term=REDUCED_TERM,
)
def reduced_rate_2024(contributed_months: int, scale: SicknessScale) -> Fraction:
    """50% below 15 years contributed, 55% from 15, 65% from 30."""
    return _reduced(contributed_months, scale)


reduced_rate = versions(reduced_rate_2006, reduced_rate_2014, reduced_rate_2024)


def _reduced(contributed_months: int, scale: SicknessScale) -> Fraction:
    rates = scale.reduced_rate
    found: Fraction = rates[seniority(rates, contributed_months)]
    return found


@provision(
    "sickness.by_days",
    clause="58/2014/QH13, Điều 28 khoản 4; 59/2015/TT-BLĐTBXH, Điều 6 khoản 1; "
    "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 5 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=DAYS_TERM,
)
def by_days_2014(wage: int, rate: Fraction, days: int | Fraction, scale: SicknessScale) -> Fraction:
    """A day is the month's benefit divided by 24."""
    return wage * rate * days / int(scale.days_of_month)


@provision(
    "sickness.by_days",
    clause="41/2024/QH15, Điều 45 khoản 5; 12/2025/TT-BNV, Điều 6 khoản 1, 2; 88/2025/TT-BCA, Điều 5",
    since="2025-07-01",
    term=DAYS_TERM,
)
def by_days_2024(wage: int, rate: Fraction, days: int | Fraction, scale: SicknessScale) -> Fraction:
    """A day is the month's benefit divided by 24."""
    return wage * rate * days / int(scale.days_of_month)


by_days = versions(by_days_2014, by_days_2024)


@provision(
    "sickness.month",
    clause="59/2015/TT-BLĐTBXH, Điều 6 khoản 2; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 5 khoản 1 điểm b",
    since="2016-01-01",
    until="2025-06-30",
    term=MONTH_TERM,
)
def month_2014(wage: int, rate: Fraction) -> Fraction:
    """A whole month, day to day: long-term diseases, and leaves of the armed forces from one month on."""
    return wage * rate


@provision(
    "sickness.month",
    clause="157/2025/NĐ-CP, Điều 11; 88/2025/TT-BCA, Điều 5 khoản 1",
    since="2025-07-01",
    term=MONTH_TERM,
)
def month_2024(wage: int, rate: Fraction) -> Fraction:
    """A whole month, day to day: leaves of the armed forces from one month on."""
    return wage * rate


month = versions(month_2014, month_2024)


@provision(
    "sickness.odd_days",
    clause="59/2015/TT-BLĐTBXH, Điều 6 khoản 2 điểm b",
    since="2016-01-01",
    until="2021-08-31",
    term=ODD_TERM,
)
def odd_days_2015(wage: int, rate: Fraction, days: int, scale: SicknessScale) -> Fraction:
    """Long-term disease: odd calendar days at 1/24 of the month each."""
    return wage * rate * days / int(scale.days_of_month)


@provision(
    "sickness.odd_days",
    clause="06/2021/TT-BLĐTBXH, Điều 1 khoản 2; 59/2015/TT-BLĐTBXH, Điều 6 khoản 2 điểm b",
    since="2021-09-01",
    until="2025-06-30",
    term=ODD_TERM,
)
def odd_days_2021(wage: int, rate: Fraction, days: int, scale: SicknessScale) -> Fraction:
    """Long-term disease: odd calendar days at 1/24 of the month each, at most one month's benefit."""
    return min(wage * rate * days / int(scale.days_of_month), wage * rate)


odd_days = versions(odd_days_2015, odd_days_2021)


@provision(
    "sickness.part_day",
    clause="41/2024/QH15, Điều 45 khoản 5; 88/2025/TT-BCA, Điều 5 khoản 3",
    since="2025-07-01",
    term="phần ngày được tính hưởng",
)
def part_day(share_off: Fraction, scale: SicknessScale) -> Fraction:
    """Part of a working day off: below half a day counts half, from half a day on a whole day.

    >>> from ansinh.law.sickness.book import BOOK
    >>> scale = BOOK.on("2025-07-01")
    >>> [str(part_day(Fraction(hours, 8), scale)) for hours in (0, 1, 3, 4, 8)]
    ['0', '1/2', '1/2', '1', '1']
    """
    if share_off == 0:
        return Fraction(0)
    return Fraction(scale.half_day) if share_off < scale.half_day else Fraction(1)

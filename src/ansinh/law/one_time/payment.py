"""Mức hưởng bảo hiểm xã hội một lần: average months by years, money paid in under a year, State support.

Sums stay exact until they are stated: amount before support and State support are each rounded once, half up
to the dong, and what is paid is their difference, so that the three figures of a decision add up.
"""

from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.one_time.book import OneTimeScale
from ansinh.law.one_time.facts import Ground
from ansinh.law.one_time.years import ContributedYears


@provision(
    "one_time.average_months",
    clause=(
        "58/2014/QH13, Điều 60 khoản 2, Điều 70 khoản 1, Điều 77 khoản 2, Điều 81 khoản 2; "
        "93/2015/QH13, Điều 1 khoản 2, 3"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng mức bình quân được hưởng",
)
def average_months_2014(years: ContributedYears, scale: OneTimeScale) -> Fraction:
    """1.5 average monthly wages for each year before 2014, 2 for each year from 2014."""
    return _by_years(years, scale)


@provision(
    "one_time.average_months",
    clause="41/2024/QH15, Điều 70 khoản 3, Điều 89 khoản 1, Điều 102 khoản 2, Điều 110 khoản 2",
    since="2025-07-01",
    term="số tháng mức bình quân được hưởng",
)
def average_months_2024(years: ContributedYears, scale: OneTimeScale) -> Fraction:
    """1.5 average monthly wages for each year before 2014, 2 for each year from 2014."""
    return _by_years(years, scale)


average_months = versions(average_months_2014, average_months_2024)


def _by_years(years: ContributedYears, scale: OneTimeScale) -> Fraction:
    before = scale.months_per_year_before_2014 * years.before_2014
    return Fraction(before + scale.months_per_year_from_2014 * years.from_2014)


@provision(
    "one_time.by_years",
    clause="58/2014/QH13, Điều 60 khoản 2, Điều 77 khoản 2; 41/2024/QH15, Điều 70 khoản 3, Điều 102 khoản 2",
    since="2016-01-01",
    term="mức hưởng theo số năm đóng",
)
def sum_by_years(average_wage_months: Fraction, average_wage: Fraction) -> int:
    """Average monthly wages due times the average monthly wage, half up to the dong."""
    return half_up(average_wage_months * average_wage)


@provision(
    "one_time.paid_in",
    clause=(
        "59/2015/TT-BLĐTBXH, Điều 19 khoản 2; 01/2016/TT-BLĐTBXH, Điều 6 khoản 2 điểm b; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 16 khoản 2"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="số tiền đã đóng",
)
def paid_in_2014(months: int, average_wage: Fraction, scale: OneTimeScale) -> Fraction:
    """22% of the monthly wages contributed on, adjusted: of the average wage for each month."""
    return Fraction(scale.paid_in_rate * months * average_wage)


@provision(
    "one_time.paid_in",
    clause=(
        "41/2024/QH15, Điều 70 khoản 3 điểm c, Điều 102 khoản 2 điểm c, Điều 110 khoản 2 điểm c; "
        "88/2025/TT-BCA, Điều 15 khoản 4"
    ),
    since="2025-07-01",
    term="số tiền đã đóng",
)
def paid_in_2024(months: int, average_wage: Fraction, scale: OneTimeScale) -> Fraction:
    """The money paid into the pension fund: 22% of the average wage for each month."""
    return Fraction(scale.paid_in_rate * months * average_wage)


paid_in = versions(paid_in_2014, paid_in_2024)


@provision(
    "one_time.is_under_a_year",
    clause=(
        "58/2014/QH13, Điều 60 khoản 2 điểm c, Điều 77 khoản 2 điểm c, Điều 81 khoản 2; "
        "41/2024/QH15, Điều 70 khoản 3 điểm c, Điều 102 khoản 2 điểm c"
    ),
    since="2016-01-01",
    term="đóng chưa đủ một năm",
)
def is_under_a_year(months: int) -> bool:
    """Less than twelve months in all: the money paid in is given back instead of months by years."""
    return months < 12


@provision(
    "one_time.under_a_year",
    clause=(
        "58/2014/QH13, Điều 60 khoản 2 điểm c, Điều 77 khoản 2 điểm c, Điều 81 khoản 2; "
        "41/2024/QH15, Điều 70 khoản 3 điểm c, Điều 102 khoản 2 điểm c"
    ),
    since="2016-01-01",
    term="mức hưởng khi đóng chưa đủ một năm",
)
def under_a_year(paid_in: Fraction, average_wage: Fraction, scale: OneTimeScale) -> int:
    """Return the money paid in, at most two average monthly wages, half up to the dong."""
    return half_up(min(paid_in, scale.most_months_under_a_year * average_wage))


@provision(
    "one_time.conscript_wage",
    clause="105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 16 khoản 7, Điều 24 khoản 8",
    since="2016-01-01",
    until="2025-06-30",
    term="mức bình quân của người hưởng sinh hoạt phí",
)
def conscript_wage(scale: OneTimeScale) -> Fraction:
    """Time on a subsistence allowance counts at the base salary of the day of the benefit."""
    return Fraction(scale.base_salary)


@provision(
    "one_time.support_stays",
    clause="58/2014/QH13, Điều 60 khoản 3, Điều 77 khoản 3; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 16 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="được hưởng cả phần Nhà nước hỗ trợ",
)
def support_stays_2014(ground: Ground | None) -> bool:
    """Only who suffers from a deadly disease keeps the money that the State paid in."""
    return ground == Ground.DISEASE


@provision(
    "one_time.support_stays",
    clause="41/2024/QH15, Điều 70 khoản 4, Điều 102 khoản 3",
    since="2025-07-01",
    term="được hưởng cả phần Nhà nước hỗ trợ",
)
def support_stays_2024(ground: Ground | None) -> bool:
    """A listed disease, or 81% of the capacity lost, keeps the money that the State paid in."""
    return ground in {Ground.DISEASE, Ground.CAPACITY_LOSS}


support_stays = versions(support_stays_2014, support_stays_2024)


@provision(
    "one_time.first_supported_month",
    clause="134/2015/NĐ-CP, Điều 17 khoản 2",
    since="2016-01-01",
    term="tháng đầu Nhà nước hỗ trợ tiền đóng tự nguyện",
)
def first_supported_month(scale: OneTimeScale) -> Month:
    """January 2018; months before it are never supported."""
    return Month(scale.support_first_year, 1)


@provision(
    "one_time.state_support",
    clause=(
        "59/2015/TT-BLĐTBXH, Điều 19 khoản 3; 01/2016/TT-BLĐTBXH, Điều 6 khoản 2 điểm d; "
        "159/2025/NĐ-CP, Điều 9 khoản 2"
    ),
    since="2016-01-01",
    term="tiền Nhà nước hỗ trợ đóng tự nguyện",
)
def state_support(
    supported_months: int, support_rate: Fraction, poverty_line: int, scale: OneTimeScale
) -> int:
    """22% of the rural poverty line times the rate of support, for each supported month; half up.

    >>> from ansinh.law.one_time.book import BOOK
    >>> state_support(15, Fraction(1, 10), 700_000, BOOK.on("2019-04-01"))
    231000
    """
    return half_up(scale.support_base_rate * poverty_line * support_rate * supported_months)


@provision(
    "one_time.payable",
    clause=(
        "58/2014/QH13, Điều 60 khoản 3, Điều 77 khoản 3; 41/2024/QH15, Điều 70 khoản 3, Điều 102 khoản 3; "
        "159/2025/NĐ-CP, Điều 9 khoản 1"
    ),
    since="2016-01-01",
    term="mức hưởng bảo hiểm xã hội một lần",
)
def payable(amount_before_support: int, state_support: int) -> int:
    """What is paid is the sum computed less the State support, never below zero."""
    return max(amount_before_support - state_support, 0)

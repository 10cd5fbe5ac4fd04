"""Phương thức đóng, thu nhập chọn: how a participant pays, and between which incomes the choice is."""

from enum import StrEnum
from typing import Literal

from ansinh.law.engine import provision, versions
from ansinh.law.voluntary.book import VoluntaryScale

__all__ = [
    "Category",
    "IncomeStanding",
    "Method",
    "income_standing",
    "late_months",
    "lump_allowed",
    "method_months",
    "missing_allowed",
    "years_ahead_allowed",
]

IncomeStanding = Literal["allowed", "below_minimum", "above_maximum"]


class Method(StrEnum):
    """Phương thức đóng."""

    MONTHLY = "monthly"
    THREE_MONTHS = "3_months"
    SIX_MONTHS = "6_months"
    TWELVE_MONTHS = "12_months"
    YEARS_AHEAD = "years_ahead"
    MISSING_MONTHS = "missing_months"


class Category(StrEnum):
    """Nhóm được Nhà nước hỗ trợ tiền đóng."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    ETHNIC_MINORITY = "ethnic_minority"
    ISLAND_COMMUNE = "island_commune"
    OTHER = "other"


@provision(
    "voluntary.income_standing",
    clause="58/2014/QH13, Điều 87 khoản 1; 134/2015/NĐ-CP, Điều 10 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="mức thu nhập được chọn",
)
def income_standing_2014(income: int, scale: VoluntaryScale) -> IncomeStanding:
    """From the rural poverty line to twenty base salaries at the time of payment."""
    return standing(income, scale)


@provision(
    "voluntary.income_standing",
    clause="41/2024/QH15, Điều 31 khoản 2",
    since="2025-07-01",
    term="mức thu nhập được chọn",
)
def income_standing_2024(income: int, scale: VoluntaryScale) -> IncomeStanding:
    """From the rural poverty line to twenty times the reference level at the time of payment."""
    return standing(income, scale)


income_standing = versions(income_standing_2014, income_standing_2024)


@provision(
    "voluntary.method_months",
    clause="134/2015/NĐ-CP, Điều 9 khoản 1, Điều 11; 41/2024/QH15, Điều 36 khoản 2; 159/2025/NĐ-CP, Điều 4",
    since="2016-01-01",
    term="số tháng của một lần đóng, sau đó mới được đổi phương thức hoặc mức thu nhập",
)
def method_months(method: Method, prepaid_years: int, scale: VoluntaryScale) -> int:
    """Months paid for at once, after which another way of paying or another income may be chosen."""
    if method == Method.YEARS_AHEAD:
        return prepaid_years * 12
    return int(scale.method_months[method.value])


@provision(
    "voluntary.years_ahead_allowed",
    clause="134/2015/NĐ-CP, Điều 9 khoản 1; 01/2016/TT-BLĐTBXH, Điều 9 khoản 3; 159/2025/NĐ-CP, Điều 6",
    since="2016-01-01",
    term="được đóng một lần cho số năm về sau",
)
def years_ahead_allowed(years: int, scale: VoluntaryScale) -> bool:
    """Two to five years at a time."""
    allowed: bool = scale.prepaid_years_least <= years <= scale.prepaid_years_most
    return allowed


@provision(
    "voluntary.missing_allowed",
    clause="134/2015/NĐ-CP, Điều 9 khoản 1 điểm e; 159/2025/NĐ-CP, Điều 7",
    since="2016-01-01",
    term="được đóng một lần cho số tháng còn thiếu",
)
def missing_allowed(months: int, scale: VoluntaryScale) -> bool:
    """One month or more, at most 120 (from 07/2025 60)."""
    allowed: bool = 1 <= months <= scale.missing_months_most
    return allowed


@provision(
    "voluntary.late_months",
    clause="134/2015/NĐ-CP, Điều 12 khoản 1, 3; 01/2016/TT-BLĐTBXH, Điều 11; 595/QĐ-BHXH, Điều 11; "
    "41/2024/QH15, Điều 36 khoản 3",
    since="2016-01-01",
    term="số tháng chậm đóng",
)
def late_months(method: Method, months_since_start: int, scale: VoluntaryScale) -> int:
    """Months from the first after the time for payment to the month of payment, both counted.

    `months_since_start` is 0 for a payment in the first month of the period.
    """
    window: int = scale.payment_window[method.value]
    return max(months_since_start + 1 - window, 0)


@provision(
    "voluntary.lump_allowed",
    clause="134/2015/NĐ-CP, Điều 9 khoản 1 điểm e, khoản 2; 595/QĐ-BHXH, Điều 9 khoản 3 điểm 3.2",
    since="2016-01-01",
    until="2025-06-30",
    term="được đóng một lần cho những năm còn thiếu",
)
def lump_allowed_2014(months_to_age: int, contributed_months: int, scale: VoluntaryScale) -> bool:
    """Of pension age (`months_to_age` 0 in its month) and at most 120 months short of twenty years."""
    return months_to_age <= 0 and few_missing(contributed_months, scale)


@provision(
    "voluntary.lump_allowed",
    clause="41/2024/QH15, Điều 36 khoản 3 điểm e; 159/2025/NĐ-CP, Điều 7 khoản 1",
    since="2025-07-01",
    term="được đóng một lần cho thời gian còn thiếu",
)
def lump_allowed_2024(months_to_age: int, contributed_months: int, scale: VoluntaryScale) -> bool:
    """From the month before the one of retirement age, at most 60 months short of fifteen years."""
    return months_to_age <= 1 and few_missing(contributed_months, scale)


lump_allowed = versions(lump_allowed_2014, lump_allowed_2024)


def few_missing(contributed_months: int, scale: VoluntaryScale) -> bool:
    """Thời gian còn thiếu không quá mức được đóng một lần."""
    enough: bool = scale.pension_months - contributed_months <= scale.missing_months_most
    return enough


def standing(income: int, scale: VoluntaryScale) -> IncomeStanding:
    """Thu nhập so với mức thấp nhất và cao nhất."""
    if income < scale.rural_poverty_line:
        return "below_minimum"
    if income > scale.income_cap_multiple * scale.base_salary:
        return "above_maximum"
    return "allowed"

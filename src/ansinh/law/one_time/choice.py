"""Nhận một lần hay giữ để hưởng lương hưu: what each costs and gives up, and when keeping has paid more.

Imported apart from the package: it knows the survivors' benefits, which themselves know this package. Missing
months are thought of as paid monthly from the month after the question, so that no interest arises.
"""

from enum import StrEnum
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.one_time.book import OneTimeScale


class GivenUp(StrEnum):
    """Điều mất đi khi nhận một lần."""

    CONTRIBUTED_TIME = "contributed_time"
    PENSION = "pension"
    MONTHLY_ALLOWANCE = "monthly_allowance"
    HEALTH_CARD = "health_card"
    FUNERAL = "funeral"
    SURVIVORS_MONTHLY = "survivors_monthly"
    SURVIVORS_LUMP_SUM = "survivors_lump_sum"


@provision(
    "one_time.continued_cost",
    clause="58/2014/QH13, Điều 87 khoản 1; 41/2024/QH15, Điều 36 khoản 1",
    since="2016-01-01",
    term="tiền đóng tự nguyện cho thời gian còn thiếu",
)
def continued_cost(missing_months: int, monthly_income: int, scale: OneTimeScale) -> int:
    """22% of the income chosen for each missing month, without State support; half up to the dong."""
    return half_up(scale.continued_rate * monthly_income * missing_months)


@provision(
    "one_time.average_with_continued",
    clause=(
        "115/2015/NĐ-CP, Điều 11 khoản 4; 134/2015/NĐ-CP, Điều 5 khoản 4; "
        "158/2025/NĐ-CP, Điều 17 khoản 5; 159/2025/NĐ-CP, Điều 11 khoản 4"
    ),
    since="2016-01-01",
    term="mức bình quân gồm cả thời gian đóng tiếp",
)
def average_with_continued(
    average_wage: int, months: int, monthly_income: int, missing_months: int
) -> Fraction:
    """Wages and incomes of all months over all months, at the prices of the day."""
    total = average_wage * months + monthly_income * missing_months
    return Fraction(total, months + missing_months)


@provision(
    "one_time.given_up",
    clause=(
        "58/2014/QH13, Điều 54, Điều 66, Điều 67, Điều 70, Điều 80, Điều 81; "
        "25/2008/QH12, Điều 12 khoản 2 điểm a"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="quyền lợi mất đi khi nhận một lần",
)
def given_up_2014(missing_months: int, survivors_monthly: bool) -> tuple[GivenUp, ...]:  # noqa: ARG001 - as its second version
    """The time, the pension with its health card, funeral allowance and what the relatives would draw."""
    return _given_up(False, survivors_monthly)


@provision(
    "one_time.given_up",
    clause=(
        "41/2024/QH15, Điều 23, Điều 64, Điều 85, Điều 86, Điều 89, Điều 98, Điều 109, Điều 110; "
        "51/2024/QH15, Điều 1"
    ),
    since="2025-07-01",
    term="quyền lợi mất đi khi nhận một lần",
)
def given_up_2024(missing_months: int, survivors_monthly: bool) -> tuple[GivenUp, ...]:
    """The same; and with too few years, the monthly allowance from one's own contributions (Điều 23)."""
    return _given_up(missing_months > 0, survivors_monthly)


given_up = versions(given_up_2014, given_up_2024)


def _given_up(allowance: bool, survivors_monthly: bool) -> tuple[GivenUp, ...]:
    open_to_some = {GivenUp.MONTHLY_ALLOWANCE: allowance, GivenUp.SURVIVORS_MONTHLY: survivors_monthly}
    return tuple(one for one in GivenUp if open_to_some.get(one, True))


def break_even_months(one_time_sum: int, monthly: int) -> int | None:
    """Số tháng hưởng lương hưu để vượt số tiền một lần: the pension has then paid more; None for no pension.

    >>> break_even_months(99, 10), break_even_months(100, 10), break_even_months(1, 0)
    (10, 11, None)
    """
    return one_time_sum // monthly + 1 if monthly else None

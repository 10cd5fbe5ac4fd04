"""Hạ sĩ quan, chiến sĩ nghĩa vụ, học viên hưởng sinh hoạt phí: what the ministry contributes for them."""

from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from ansinh.kernel.months import Month, months_between
from ansinh.law.contributions.book import BOOK, ContributionsScale
from ansinh.law.engine import provision, versions

BASE_SALARY = "base_salary"
REFERENCE_LEVEL = "reference_level"


class TraineeLevel(NamedTuple):
    """Mức đóng của một tháng: `rate` of `multiple` times the base salary or reference level."""

    rate: Fraction
    multiple: Fraction
    of: str


class TraineeStep(NamedTuple):
    """Một giai đoạn cùng mức đóng: first and last month included."""

    first: Month
    last: Month
    months: int
    rate: Fraction
    multiple: Fraction
    of: str


@provision(
    "contribution.trainee",
    clause="58/2014/QH13, Điều 86 khoản 2 điểm b; 33/2016/NĐ-CP",
    since="2016-01-01",
    until="2025-06-30",
    term="mức đóng của người hưởng sinh hoạt phí",
)
def trainee_level_2014(months_served: int, scale: ContributionsScale) -> TraineeLevel:  # noqa: ARG001 - as its second version
    """22% of the base salary, whatever the service."""
    return TraineeLevel(scale.pension_whole_rate, Fraction(scale.trainee_first_multiple), BASE_SALARY)


@provision(
    "contribution.trainee",
    clause="41/2024/QH15, Điều 34 khoản 2; 157/2025/NĐ-CP, Điều 6; 88/2025/TT-BCA, Điều 21 khoản 1",
    since="2025-07-01",
    term="mức đóng của người hưởng sinh hoạt phí",
)
def trainee_level_2024(months_served: int, scale: ContributionsScale) -> TraineeLevel:
    """22% of twice the reference level for 24 months, half a level more each further year, at most 4.

    `months_served` are the whole months before this one since the month of enlistment.
    """
    multiple = Fraction(scale.trainee_first_multiple)
    if months_served >= scale.trainee_first_months:
        years_after = (months_served - scale.trainee_first_months) // 12 + 1
        multiple = min(multiple + scale.trainee_step * years_after, Fraction(scale.trainee_highest_multiple))
    return TraineeLevel(scale.pension_whole_rate, multiple, REFERENCE_LEVEL)


trainee_level = versions(trainee_level_2014, trainee_level_2024)


def trainee_steps(enlisted: Month, until: Month) -> list[TraineeStep]:
    """Các giai đoạn đóng từ tháng nhập ngũ, nhập học đến `until`: months of one level joined.

    Raises `NotInForce` for months before 2016.

    >>> [(step.months, str(step.multiple)) for step in trainee_steps(Month(2025, 1), Month(2027, 1))]
    [(6, '1'), (18, '2'), (1, '5/2')]
    """
    levels = [(month, _level(enlisted, month)) for month in months_between(enlisted, until)]
    steps = []
    for level, run in groupby(levels, key=lambda pair: pair[1]):
        months = [month for month, _ in run]
        steps.append(TraineeStep(months[0], months[-1], len(months), level.rate, level.multiple, level.of))
    return steps


def _level(enlisted: Month, month: Month) -> TraineeLevel:
    return trainee_level.on(month)(month - enlisted, BOOK.on(month))

"""Dữ kiện của một người nghỉ hưu: with what is awarded, the same for one person and for columns."""

from fractions import Fraction
from typing import NamedTuple


class Claim(NamedTuple):
    """Dữ kiện tính lương hưu của một người: `sex` and `worker_group` as codes of `Sex` and `Group`.

    `month` is the first pension month (year * 12 + month - 1), `early_months` the full months before the
    reference age, 0 for who does not retire for reduced capacity. `begun_before_2025_07`: took part before
    01/07/2025.
    """

    month: int
    sex: int
    worker_group: int
    contributed_months: int
    voluntary_months: int
    early_months: int
    average_wage: int
    begun_before_2025_07: bool


class Rate(NamedTuple):
    """Tỷ lệ hưởng và cách đi đến nó: shares of the average wage."""

    counted_years: Fraction
    base_years: int
    uncapped_rate: Fraction
    rate_before_reduction: Fraction
    reduction: Fraction
    rate: Fraction


class Amount(NamedTuple):
    """Mức lương hưu: dong a month, and whether it is the minimum."""

    pension: int
    minimum_applied: bool


class Award(NamedTuple):
    """Lương hưu được hưởng: rates as shares, amounts in dong."""

    counted_years: Fraction
    base_years: int
    uncapped_rate: Fraction
    rate_before_reduction: Fraction
    reduction: Fraction
    rate: Fraction
    pension: int
    minimum_applied: bool

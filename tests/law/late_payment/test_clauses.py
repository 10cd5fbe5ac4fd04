"""Each clause by its id, at and beside its threshold, and on the days around every change of law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import ansinh.law.late_payment.interest
import ansinh.law.late_payment.standing  # noqa: F401 -- registers the clauses
from ansinh.law.engine import NotInForce, resolve

EVE, FIRST = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(("overdue", "expected"), [(0, "not_due"), (1, "late"), (60, "late"), (61, "evaded")])
def test_unregistered_standing(overdue: int, expected: str) -> None:
    standing = resolve("late_payment.unregistered_standing", FIRST)
    assert standing(overdue, False, 60) == expected
    assert standing(61, True, 60) == "late"


@pytest.mark.parametrize(("overdue", "late", "evaded"), [(59, 59, 0), (60, 60, 0), (61, 60, 1), (90, 60, 30)])
def test_late_days_and_evaded_days_share_the_delay(overdue: int, late: int, evaded: int) -> None:
    assert resolve("late_payment.late_days", FIRST)(overdue, 0, overdue > 60, 60, True) == late
    assert resolve("late_payment.evaded_days", FIRST)(overdue, 0, overdue > 60, 60) == evaded


@pytest.mark.parametrize(
    "clause", ["late_payment.unregistered_standing", "late_payment.late_days", "late_payment.evaded_days"]
)
def test_the_law_of_2024_starts_on_its_day(clause: str) -> None:
    assert resolve(clause, FIRST)
    with pytest.raises(NotInForce):
        resolve(clause, EVE)


def test_monthly_rate_is_cut_not_rounded() -> None:
    rate = resolve("late_payment.monthly_rate", EVE)
    assert rate(Fraction("0.065"), 2, 4) == Fraction("0.010833")
    assert rate(Fraction("0.0639"), 2, 4) == Fraction("0.01065")


def test_monthly_interest_before_and_after_2016() -> None:
    compound = resolve("late_payment.monthly_interest", date(2015, 12, 31))
    simple = resolve("late_payment.monthly_interest", date(2016, 1, 1))
    assert compound(100_000_000, Fraction(1, 100), 1_000_000) == 1_010_000  # carried interest bears interest
    assert simple(100_000_000, Fraction(1, 100), 1) == 1_000_000  # and no longer does
    assert simple(15_000_000, Fraction("0.010833"), 1) == 162_495


def test_arrears_months_lose_one_from_2016() -> None:
    assert resolve("late_payment.arrears_months", date(2015, 12, 31))(16) == 16
    assert resolve("late_payment.arrears_months", date(2016, 1, 1))(16) == 15
    assert resolve("late_payment.arrears_months", date(2016, 1, 1))(0) == 0


def test_growth_factor_and_arrears_interest_of_the_table_of_2015() -> None:
    factor = resolve("late_payment.growth_factor", date(2015, 12, 31))(Fraction(1, 100), 11, 4)
    assert factor == Fraction("1.1157")
    assert resolve("late_payment.arrears_interest", date(2015, 12, 31))(10_000_000, factor) == 1_157_000

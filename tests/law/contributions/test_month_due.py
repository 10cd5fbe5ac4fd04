"""Điều 33, 34 Luật 41/2024; Điều 85 Luật 58/2014: days away of every kind are added up to fourteen."""

import pytest

from ansinh.kernel.months import Month
from ansinh.law.contributions import WorkerGroup, compulsory, month_due

OLD, NEW = Month(2025, 6), Month(2025, 7)


@pytest.mark.parametrize("month", [OLD, NEW])
@pytest.mark.parametrize(
    ("unpaid", "sick", "maternity", "due"),
    [(4, 4, 5, True), (5, 4, 5, False), (4, 5, 5, False), (4, 4, 6, False)],
)
def test_days_away_of_every_kind_count_together(month, unpaid, sick, maternity, due):
    found = month_due(month, unpaid_days=unpaid, sick_days=sick, maternity_days=maternity)
    assert (found.due, found.counted) == (due, due)


@pytest.mark.parametrize("month", [OLD, NEW])
def test_a_month_on_maternity_leave_is_counted_and_not_paid_for(month):
    found = month_due(month, maternity_days=14)
    assert (found.due, found.counted) == (False, True)


@pytest.mark.parametrize("month", [OLD, NEW])
def test_a_conscripts_month_is_due_whatever_the_days(month):
    found = month_due(month, unpaid_days=30, worker_group=WorkerGroup.CONSCRIPT)
    assert (found.due, found.counted) == (True, True)


@pytest.mark.parametrize(("recorded", "due"), [(5, False), (6, True)])
def test_maternity_days_after_six_recorded_months_are_no_leave(recorded, due):
    assert month_due(OLD, maternity_days=20, maternity_months_recorded=recorded).due == due
    # Thirteen days away are fewer than fourteen: none of the twenty is added.
    assert month_due(OLD, unpaid_days=13, maternity_days=20, maternity_months_recorded=6).due
    assert not month_due(OLD, unpaid_days=14, maternity_days=20, maternity_months_recorded=6).due


def test_one_wage_above_the_lowest_base_is_enough():
    found = compulsory([1_000_000, 5_000_000], NEW, region=1, part_time=True)
    assert (found.eligible, found.reason) == (True, "")
    assert not compulsory([1_000_000], NEW, region=1, part_time=True).eligible

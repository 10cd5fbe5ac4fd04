"""Điều 40, 41 Luật 41/2024: what each debt is charged, and the worked sheet of the 2026 forms."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.late_payment import Debt, account, daily_charge
from ansinh.law.late_payment.book import BOOK

AS_OF = date(2026, 12, 30)
RATE = BOOK.on(AS_OF).daily_rate

# Days after the last day for payment, month by month, in thousands: 100, 110, … 210.
# An evaded month is 60 days further than the days of evasion the sheet prints (240, 210, … 30).
SHEET = [300, 270, 240, 210, 180, 150, 120, 90, 60, 30, 0, -30]


def sheet_debts():
    return [
        Debt((100 + 10 * i) * 1000, AS_OF - timedelta(days=days), urged=True) for i, days in enumerate(SHEET)
    ]


def test_rate_is_three_in_ten_thousand():
    assert Fraction(3, 10_000) == RATE


@pytest.mark.parametrize(
    ("amount", "days", "charge"),
    [
        (10_000_000, 30, 90_000),
        (3_398_400, 10, 10_195),  # 10,195.2
        (5_000, 1, 2),  # 1.5 goes up
        (4_999, 1, 1),  # 1.4997
        (0, 400, 0),
        (10_000_000, 0, 0),
    ],
)
def test_charge_rounds_half_up_once(amount, days, charge):
    assert daily_charge(amount, days, RATE) == charge


def test_worked_sheet_of_2026():
    sheet = account(sheet_debts(), AS_OF, first_days="left_out")
    assert [line.standing for line in sheet.lines] == ["evaded"] * 8 + ["late"] * 2 + ["not_due"] * 2
    assert [line.days.evaded for line in sheet.lines[:8]] == [240, 210, 180, 150, 120, 90, 60, 30]
    assert [line.days.late for line in sheet.lines[8:]] == [60, 30, 0, 0]
    assert sheet.evaded_charge == 39_960
    assert sheet.late_charge == 4_950
    assert sheet.amount("not_due") == 410_000
    assert sheet.amount("late") + sheet.late_charge == 374_950
    assert sheet.amount("evaded") + sheet.evaded_charge == 1_119_960
    assert sheet.total == 1_904_910


def test_worked_sheet_with_the_first_sixty_days_charged_as_late():
    # The eight evaded months add 60 days each: 1,080,000 x 60 x 0.03% = 19,440.
    sheet = account(sheet_debts(), AS_OF)
    assert sheet.evaded_charge == 39_960
    assert sheet.late_charge == 4_950 + 19_440
    assert sheet.total == 1_904_910 + 19_440


debts = st.lists(
    st.builds(
        Debt,
        amount=st.integers(0, 10**12),
        due_on=st.dates(date(2023, 1, 1), date(2027, 6, 30)),
        urged=st.booleans(),
        force_majeure=st.booleans(),
    ),
    max_size=12,
)


@given(debts)
def test_parts_add_up_to_the_whole(items):
    sheet = account(items, AS_OF)
    by_standing = sum(sheet.amount(state) for state in ("not_due", "late", "evaded"))
    assert by_standing == sum(debt.amount for debt in items)
    assert sheet.total == by_standing + sheet.late_charge + sheet.evaded_charge
    assert all(line.late_charge >= 0 and line.evaded_charge >= 0 for line in sheet.lines)
    assert all(
        not (line.late_charge + line.evaded_charge) for line in sheet.lines if line.standing == "not_due"
    )

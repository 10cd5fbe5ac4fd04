"""The official worked examples of allocation and of late payment, through the month's own columns."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

from tests.collection.month.desk import Desk, total

from ansinh.collection.month.columns import CLOSING, EVADED, FUNDS, LATE
from ansinh.kernel.months import Month

RATES_2017 = {  # 32.5 % in all until 2017-05 (QĐ 595/QĐ-BHXH, Điều 43, ví dụ 17)
    "sickness_maternity": 300_000,
    "pension_survivors": 2_200_000,
    "health": 450_000,
    "unemployment": 200_000,
    "work_injury": 100_000,
}


def example_17() -> Desk:
    """Ten workers on 10 million, January to May 2017 unpaid, 1 % a month; 140 million come on 2 June."""
    k = dict.fromkeys(FUNDS, Fraction(1, 100))
    owed = []
    for person in range(1, 11):
        for number in range(1, 6):
            # interest already charged up to the run of May: on 1/3 for January, and so on
            months = max(0, 4 - number)
            owed.append(
                {
                    "person": person,
                    "month": Month(2017, number),
                    **RATES_2017,
                    **{f"late_{f}": a * months // 100 for f, a in RATES_2017.items()},
                }
            )
    return Desk(
        month=Month(2017, 6),
        owed=owed,
        receipts=[(date(2017, 6, 2), 140_000_000)],
        active=set(range(2, 11)),
        priority={1},
        monthly=k,
    )


def test_example_17_debt_before_the_payment() -> None:
    desk = example_17()
    desk.receipts = []
    con = desk.settle()
    assert total(con, "closing", ("health",)) == 22_500_000
    assert total(con, "closing", ("late_health",)) == 450_000
    assert total(con, "closing", ("unemployment",)) == 10_000_000
    assert total(con, "closing", ("late_unemployment",)) == 200_000
    social = ("sickness_maternity", "pension_survivors", "work_injury")
    assert total(con, "closing", social) == 130_000_000
    assert total(con, "closing", tuple(f"late_{f}" for f in social)) == 2_600_000
    assert total(con, "closing", CLOSING) == 165_750_000


def test_example_17_the_one_who_retires_is_paid_first() -> None:
    con = example_17().settle()
    assert total(con, "allocation", FUNDS, "person_id = 1") == 16_250_000
    assert total(con, "allocation", LATE, "person_id = 1") == 325_000
    assert total(con, "closing", CLOSING, "person_id = 1") == 0


def test_example_17_what_stays_owed() -> None:
    con = example_17().settle()
    assert total(con, "allocation", CLOSING) == 140_000_000
    assert total(con, "closing", CLOSING) == 25_750_000
    # The printed split (23,150,000 + 2,600,000) counts the retiring worker's interest again, and leaves work
    # injury inside social insurance; by points c and d of the article it comes before, with its interest.
    assert total(con, "closing", FUNDS) == 23_500_000
    assert total(con, "closing", LATE) == 2_250_000
    assert total(con, "closing", ("work_injury", "late_work_injury")) == 0
    assert total(con, "closing", ("health", "unemployment", "late_health", "late_unemployment")) == 0


def test_example_17_statement_says_paid_to_april() -> None:
    """To April 2017, as printed. For nine, the text says, by its slip; 89 million pay eight of the nine."""
    con = example_17().settle()
    rows = json.loads(con.execute("SELECT rows FROM statement_row").fetchone()[0])
    assert rows["upto.pension_survivors"] == [Month(2017, 4).index, 8]
    assert rows["C"][5] == 140_000_000
    assert rows["D"][5] == 140_000_000
    assert rows["Đ.2.2"][5] + rows["Đ.3"][5] == 25_750_000


def test_the_worked_sheet_of_2026() -> None:
    """B10/D15's hidden sheet: dues 100, 110 … 210; at the end 1-8 evaded, 9-10 late, 11-12 not due.

    The sheet counts an evaded month's days after the sixtieth. Month by month the run charges the first sixty
    as late and the rest as evaded, so what it charges as evaded is the sheet's 39.96 (in thousands of dong
    times a thousand here), and the late charges of months 9 and 10 are the sheet's 4.95.
    """
    dues = {n: (90 + 10 * n) * 1_000_000 for n in range(1, 13)}
    last = {n: 30 * (9 - n) for n in range(1, 9)}  # days evaded on the sheet
    evaded = sum(dues[n] * days * 3 // 10_000 for n, days in last.items())
    late = sum(dues[n] * days * 3 // 10_000 for n, days in {9: 60, 10: 30}.items())
    assert (evaded, late) == (39_960_000, 4_950_000)
    assert evaded + late == 44_910_000


def test_days_are_charged_to_the_day_of_payment() -> None:
    desk = Desk(
        month=Month(2026, 5),
        owed=[{"person": 1, "month": Month(2026, 3), "health": 10_000_000, "state": 0}],
        receipts=[(date(2026, 5, 10), 4_000_000)],
        active={1},
    )
    con = desk.settle()
    # due by 30/4: ten days for what came on the 10th, 31 days for the rest
    expected = (4_000_000 * 10 + 6_000_000 * 31) * 3 // 10_000
    assert total(con, "charge", FUNDS) == expected == 67_800
    assert total(con, "closing", FUNDS) == 6_000_000
    assert total(con, "closing", LATE) == 67_800
    assert con.execute("SELECT state, days_late FROM closing").fetchall() == [(1, 31)]


def test_evasion_needs_more_than_sixty_days_and_an_urge() -> None:
    def closing(urged_on: date | None, *, excused: bool = False) -> tuple[int, int, int]:
        con = Desk(
            month=Month(2026, 6),
            urged_on=urged_on,
            excused=excused,
            owed=[{"person": 1, "month": Month(2026, 3), "health": 10_000_000, "state": 1}],
            active={1},
        ).settle()
        state = con.execute("SELECT state FROM closing").fetchone()[0]
        return state, total(con, "closing", LATE), total(con, "closing", EVADED)

    # due 30/4; on 31/5 31 days late, on 30/6 61: one day past the sixtieth
    assert closing(None) == (1, 90_000, 0)
    assert closing(date(2026, 5, 8)) == (2, 87_000, 3_000)
    assert closing(date(2026, 4, 30)) == (1, 90_000, 0)  # urged before it was late
    assert closing(date(2026, 5, 8), excused=True) == (1, 90_000, 0)


def test_charge_of_a_month_is_rounded_once_and_shared_out() -> None:
    con = Desk(
        month=Month(2026, 5),
        owed=[{"person": p, "month": Month(2026, 3), "health": 101} for p in range(1, 8)],
        active=set(range(1, 8)),
    ).settle()
    # 707 dong for 31 days: 6.5751 → 7, though each alone would be 0.9393 → 1
    assert total(con, "charge", FUNDS) == 7
    assert con.execute("SELECT max(health) FROM charge").fetchone() == (1,)


def test_a_decrease_of_a_paid_month_releases_money() -> None:
    con = Desk(
        month=Month(2026, 6),
        dues=[
            {"person": 1, "month": Month(2026, 4), "health": -450_000},
            {"person": 1, "month": Month(2026, 6), "health": 300_000},
        ],
        active={1},
    ).settle()
    assert total(con, "closing", CLOSING) == 0
    assert total(con, "allocation", FUNDS) == -150_000
    rows = json.loads(con.execute("SELECT rows FROM statement_row").fetchone()[0])
    assert rows["Đ.2.1"][5] == 150_000


def test_charges_of_a_back_payment_stand_beside_it() -> None:
    """C12-TS B.4.1.2, B.4.1.3; what is charged on principal brought forward stays in B.5."""
    con = Desk(
        month=Month(2026, 6),
        urged_on=date(2026, 5, 8),
        owed=[{"person": 1, "month": Month(2026, 3), "health": 10_000_000, "state": 1}],
        dues=[
            {"person": 1, "month": Month(2026, 3), "health": 1_000_000},
            {"person": 2, "month": Month(2026, 4), "health": 500_000},
            {"person": 2, "month": Month(2026, 5), "health": 500_000},
            {"person": 2, "month": Month(2026, 6), "health": 500_000},
        ],
        active={1, 2},
    ).settle()
    rows = {
        code: cells[5]
        for code, cells in json.loads(con.execute("SELECT rows FROM statement_row").fetchone()[0]).items()
        if code.startswith("B.") and code != "B.2.1"
    }
    # March due 30/4: on 30/6 61 days late, one evaded; April due 31/5: 30 days; May due 30/6: none yet
    assert rows == {
        "B.3.1.1": 500_000,
        "B.4.1.1": 500_000,
        "B.4.1.2.1": 500_000,
        "B.4.1.2.2": 1_000_000,
        "B.4.1.3": 18_000 + 300 + 4_500,
        "B.4.1.3.1": 18_000 + 4_500,
        "B.4.1.3.2": 300,
        "B.5": 87_000 + 3_000,
        "B.5.1": 87_000,
        "B.5.2": 3_000,
    }


def test_a_back_payment_is_charged_by_the_day_from_july_2025_only() -> None:
    """Luật 41/2024/QH15, Điều 141 khoản 12; and the last day of a month of 2025-05 is its own last day."""
    con = Desk(
        month=Month(2025, 8),
        dues=[{"person": 1, "month": Month(2025, 5), "health": 10_000_000}],
        active={1},
    ).settle()
    # due 31/5/2025 by the law of that month; July and August: 62 days, the first charged is 1/7
    assert total(con, "charge", FUNDS) == 10_000_000 * 62 * 3 // 10_000
    assert con.execute("SELECT days_late FROM closing").fetchone() == (92,)

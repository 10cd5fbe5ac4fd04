"""The charges of any month, told again by hand: money walks the line item by item, days by the plain clauses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.collection.month.desk import Desk

from ansinh.collection.month.columns import ALLOCATION_RANK, CLOSING, FUND_NUMBER, FUNDS
from ansinh.kernel.months import Month
from ansinh.law.engine import NotInForce
from ansinh.law.late_payment import classify, daily_charge, delay_days, due_day
from ansinh.law.late_payment.book import BOOK

FUND = st.sampled_from(["health", "pension_survivors", "sickness_maternity"])
AMOUNT = st.integers(1, 9_999_999)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    month = draw(st.sampled_from([Month(2025, 7), Month(2025, 9), Month(2026, 6)]))

    def rows(until: int) -> list[dict[str, Any]]:
        keys = st.tuples(st.integers(1, 4), st.integers(until, 9))
        return [
            {"person": person, "month": month - back, **draw(st.dictionaries(FUND, AMOUNT, min_size=1))}
            for person, back in sorted(draw(st.sets(keys, max_size=5)))
        ]

    days = st.dates(month.first_day, month.last_day)
    return Desk(
        month=month,
        cycle=draw(st.sampled_from([1, 3, 6])),
        urged_on=draw(st.none() | st.dates(month.first_day - timedelta(days=200), month.last_day)),
        excused=draw(st.booleans()),
        owed=rows(1),
        dues=rows(0),
        receipts=draw(st.lists(st.tuples(days, st.integers(1, 12_000_000)), max_size=4)),
        surplus=draw(st.sampled_from([0, 0, 1, 4_000_000])),
        active=draw(st.sets(st.integers(1, 4))),
        priority=draw(st.sets(st.integers(1, 4), max_size=1)),
    )


def by_hand(desk: Desk) -> tuple[dict[Any, int], dict[Any, int]]:
    """Dong times days by (for_month, fund, state, person), and dong given by (person, for_month, fund)."""
    items = sorted(
        (
            (person in desk.active and person not in desk.priority),
            ALLOCATION_RANK[fund],
            line["month"],
            person,
            fund,
            part,
            line[fund],
        )
        for part, lines in enumerate((desk.owed, desk.dues))
        for line in lines
        for person in (line["person"],)
        for fund in FUNDS
        if fund in line
    )
    purse = [[desk.month.first_day, desk.surplus], *(list(r) for r in sorted(desk.receipts))]
    delays: dict[Any, int] = defaultdict(int)
    paid: dict[Any, int] = defaultdict(int)
    for _, _, month, person, fund, part, amount in items:
        left = amount
        for coins in purse:
            dong = min(left, coins[1])
            coins[1] -= dong
            left -= dong
            paid[person, month.index, fund] += dong
            late(desk, delays, (month, fund, person, part), dong, coins[0])
        late(desk, delays, (month, fund, person, part), left, desk.month.last_day)
    return delays, paid


def late(desk: Desk, delays: dict[Any, int], item: Any, dong: int, end: date) -> None:
    """Add what these dong cost until the day they were paid: days of the whole less those charged before."""
    month, fund, person, part = item
    due = due_day(month, desk.cycle)
    urged = desk.urged_on is not None and desk.urged_on > due
    state = classify(due, end, urged, desk.excused)
    charged_to = max(due, desk.month.first_day - timedelta(days=1)) if part == 0 else due
    if dong == 0 or end <= charged_to:
        return
    whole = delay_days(due, end, state)
    try:
        before = delay_days(due, charged_to, state)
    except NotInForce:
        before = whole._replace(late=0, evaded=0)
    for number, days in ((1, whole.late - before.late), (2, whole.evaded - before.evaded)):
        delays[month.index, fund, number, person] += dong * days


@settings(max_examples=25)
@given(desk=desks())
def test_charges_are_the_plain_clauses_to_the_dong(desk: Desk) -> None:
    con = desk.settle()
    delays, paid = by_hand(desk)
    rate = BOOK.on(desk.month).daily_rate
    groups: dict[Any, int] = defaultdict(int)
    for (month, fund, state, _), dong_days in delays.items():
        groups[month, fund, state] += dong_days
    names = {number: fund for fund, number in FUND_NUMBER.items()}
    found = {
        (month, names[fund], state, person): amount
        for month, fund, state, person, amount in con.execute(
            "SELECT for_month, fund, state, person_id, amount FROM charged"
        ).fetchall()
    }
    for (month, fund, state), dong_days in groups.items():
        whole = sum(a for (m, f, s, _), a in found.items() if (m, f, s) == (month, fund, state))
        assert whole == daily_charge(dong_days, 1, rate), (month, fund, state)
    for key, amount in found.items():
        assert 0 <= amount - int(delays[key] * rate) <= 1
    principal = {
        (person, month, fund): amount
        for person, month, *amounts in con.execute(
            f"SELECT person_id, for_month, {', '.join(FUNDS)} FROM allocation"
        ).fetchall()
        for fund, amount in zip(FUNDS, amounts, strict=True)
        if amount
    }
    assert principal == {key: amount for key, amount in paid.items() if amount}
    got, owed, charged = (
        con.execute(f"SELECT coalesce(sum({' + '.join(columns)}), 0) FROM {table}").fetchone()[0]
        for table, columns in (("allocation", CLOSING), ("closing", CLOSING), ("charge", FUNDS))
    )
    items = sum(v for row in (*desk.owed, *desk.dues) for k, v in row.items() if k in FUNDS)
    assert got + owed == items + charged
    assert got <= desk.surplus + sum(amount for _, amount in desk.receipts)
    back = con.execute(
        "SELECT count(*) FROM charged WHERE back < 0 OR back > amount OR days < 0 OR amount < 0"
    ).fetchone()
    assert back == (0,)

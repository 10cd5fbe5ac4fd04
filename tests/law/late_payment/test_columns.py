"""Cột bằng một người: the compiled clauses give what the plain functions give, to the dong."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.law.engine import NotInForce
from ansinh.law.late_payment import Debt, account, classify
from ansinh.law.late_payment.columns import AMOUNT, DAYS, charge_sql, classify_sql, days_sql

AS_OF = date(2026, 12, 30)

# Around the last day, the sixtieth day, the first day of the law of 2024, and the largest amount proven.
near = st.sampled_from(
    [AS_OF + timedelta(days=n) for n in (31, 1, 0, -1, -59, -60, -61, -62)]
    + [date(2025, 6, 30) + timedelta(days=n) for n in (-61, -60, -59, -1, 0, 1)]
)
debts = st.lists(
    st.builds(
        Debt,
        amount=st.one_of(st.integers(0, 100_000), st.integers(0, AMOUNT[1]), st.just(AMOUNT[1])),
        due_on=st.one_of(near, st.dates(date(2016, 1, 31), date(2027, 6, 30))),
        urged=st.booleans(),
        force_majeure=st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


def rows_of(items, as_of, first_days):
    con = duckdb.connect()
    con.execute("CREATE TABLE debts (n INTEGER, amount BIGINT, due_on DATE, urged BOOLEAN, excused BOOLEAN)")
    con.executemany(
        "INSERT INTO debts VALUES (?, ?, ?, ?, ?)",
        [[n, one.amount, one.due_on, one.urged, one.force_majeure] for n, one in enumerate(items)],
    )
    state = classify_sql("due_on", "urged", "excused", as_of=as_of)
    late = days_sql("due_on", "state", "late", as_of=as_of, first_days=first_days)
    evaded = days_sql("due_on", "state", "evaded", as_of=as_of, first_days=first_days)
    return con.execute(
        f"SELECT state, late, evaded, {charge_sql('amount', 'late', as_of=as_of)},"
        f" {charge_sql('amount', 'evaded', as_of=as_of)}"
        f" FROM (SELECT *, {late} AS late, {evaded} AS evaded"
        f" FROM (SELECT *, {state} AS state FROM debts)) ORDER BY n"
    ).fetchall()


@settings(max_examples=25, deadline=None)
@given(items=debts, first_days=st.sampled_from([None, "charged_as_late", "left_out"]))
def test_columns_equal_the_plain_functions(items, first_days):
    expected = [
        (line.standing, *line.days, line.late_charge, line.evaded_charge)
        for line in account(items, AS_OF, first_days=first_days).lines
    ]
    assert rows_of(items, AS_OF, first_days) == expected


def test_largest_charge_stays_within_64_bits():
    query = (
        f"SELECT {charge_sql('a', 'd', as_of=AS_OF)} FROM (SELECT {AMOUNT[1]}::BIGINT a, {DAYS[1]}::BIGINT d)"
    )
    (charge,) = duckdb.connect().execute(query).fetchone()
    assert charge == AMOUNT[1] * DAYS[1] * 3 // 10_000


@pytest.mark.parametrize("as_of", [date(2025, 6, 30), date(2016, 1, 1)])
def test_before_the_law_of_2024_nothing_is_evaded_and_nothing_charged_by_the_day(as_of):
    due = as_of - timedelta(days=100)
    state = classify_sql("due_on", "TRUE", "FALSE", as_of=as_of)
    (found,) = duckdb.connect().execute(f"SELECT {state} FROM (SELECT DATE '{due}' AS due_on)").fetchone()
    assert found == classify(due, as_of, urged=True, force_majeure=False) == "late"
    with pytest.raises(NotInForce):
        charge_sql("a", "d", as_of=as_of)


def test_spark_text_has_its_own_words():
    text = classify_sql("due_on", "urged", "excused", as_of=AS_OF, dialect="spark")
    assert "datediff(DATE '2026-12-30', due_on)" in text
    assert " DIV 10000" in charge_sql("a", "d", as_of=AS_OF, dialect="spark")

"""Cột bằng một người: the compiled clauses give what the plain functions give, to the dong."""

from datetime import date, timedelta
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.months import Month, months_between
from ansinh.law.engine import NotInForce
from ansinh.law.late_payment import Debt, account, classify, daily_charge, delay_days, due_day
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.columns import (
    AMOUNT,
    DAYS,
    DONG_DAYS,
    charge_sql,
    classify_sql,
    days_sql,
    due_day_sql,
    interest_sql,
    whole_charge_sql,
)
from ansinh.law.late_payment.interest import monthly_interest
from ansinh.law.late_payment.standing import payment_month

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


@settings(max_examples=25)
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


@pytest.mark.parametrize(
    ("month", "cycle", "grace_months", "last"),
    [
        (Month(2026, 3), 1, 1, Month(2026, 4)),
        (Month(2026, 3), 3, 1, Month(2026, 4)),
        (Month(2026, 4), 3, 1, Month(2026, 7)),
        (Month(2026, 12), 6, 1, Month(2027, 1)),
        (Month(2025, 6), 1, 0, Month(2025, 6)),
        (Month(2025, 1), 6, 0, Month(2025, 6)),
    ],
)
def test_the_month_to_pay_in(month, cycle, grace_months, last):
    assert payment_month(month.index, cycle, grace_months) == last.index


def test_last_days_for_payment_of_every_month_and_cycle_since_2016():
    months = list(months_between(Month(2016, 1), Month(2030, 12)))
    found = (
        duckdb.connect()
        .execute(
            f"SELECT for_month, cycle, {due_day_sql('for_month', 'cycle')} FROM"
            f" (SELECT unnest(range({months[0].index}, {months[-1].index + 1})) AS for_month),"
            " (SELECT unnest([1, 3, 6]) AS cycle)"
        )
        .fetchall()
    )
    assert len(found) == 3 * len(months)
    assert all(day == due_day(Month.from_index(index), cycle) for index, cycle, day in found)


def test_a_month_before_the_first_law_has_no_last_day():
    query = f"SELECT {due_day_sql('m', 'c')} FROM (SELECT {Month(2015, 12).index} AS m, 1 AS c)"
    with pytest.raises(duckdb.Error, match="before the first law"):
        duckdb.connect().execute(query).fetchall()


@settings(max_examples=25)
@given(
    due=st.dates(date(2025, 1, 31), AS_OF),
    marks=st.lists(st.dates(date(2025, 7, 1), AS_OF), max_size=6, unique=True),
)
def test_days_of_each_stretch_add_up_to_the_days_of_the_whole(due, marks):
    """Charged month by month, or up to each payment: no day is left out and none is charged twice."""
    con = duckdb.connect()
    con.execute("CREATE TABLE stretch (charged_to DATE, day DATE)")
    ends = [*sorted(marks), AS_OF]
    con.executemany("INSERT INTO stretch VALUES (?, ?)", list(zip([due, *ends], ends, strict=False)))
    for state in ("late", "evaded"):
        kinds = [
            days_sql(f"DATE '{due}'", f"'{state}'", kind, as_of=AS_OF, day="day", charged_to="charged_to")
            for kind in ("late", "evaded")
        ]
        sums = con.execute(f"SELECT {', '.join(f'sum({k})' for k in kinds)} FROM stretch").fetchone()
        assert sums == delay_days(due, AS_OF, state)


@given(dong_days=st.integers(*DONG_DAYS), debt=st.integers(*AMOUNT), top=st.integers(1, 30_000))
@settings(max_examples=25)
def test_charge_of_a_whole_and_interest_of_a_month(dong_days, debt, top):
    rate = Fraction(top, 1_000_000)
    found = (
        duckdb.connect()
        .execute(
            f"SELECT {whole_charge_sql('d', as_of=AS_OF)}, {interest_sql('b', rate, as_of=date(2017, 6, 1))}"
            f" FROM (SELECT {dong_days}::BIGINT AS d, {debt}::BIGINT AS b)"
        )
        .fetchone()
    )
    plain = (daily_charge(dong_days, 1, BOOK.on(AS_OF).daily_rate), monthly_interest(debt, rate, 1))
    assert found == plain
    with pytest.raises(NotInForce):
        interest_sql("b", rate, as_of=AS_OF)

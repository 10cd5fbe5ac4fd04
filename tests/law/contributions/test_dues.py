"""What must hold of any person's dues: payers and funds agree, columns and plain functions agree."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.contributions.thresholds import THRESHOLDS
from tests.law.engine.both_ways import around, on_duckdb, plain, random_facts, table

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.contributions import BOOK, Dues, Facts, WorkerGroup, compulsory, dues, one_month
from ansinh.law.contributions.columns import (
    INPUT,
    OUTPUT,
    PROGRAM,
    dues_sql,
    gate,
    program,
    register_parameters,
)
from ansinh.law.engine import NotInForce
from ansinh.law.engine.columns import GateError

FUNDS = ("sickness_maternity", "pension_survivors", "work_injury", "unemployment", "health")


def facts():
    columns = {name: one for name, one in INPUT.items() if name != "row_id"}

    def figure(name, column):
        if column.type == "BOOLEAN":
            return st.booleans()
        edges = around(THRESHOLDS.get(name, []), column)
        return st.sampled_from(edges) | st.integers(column.low, column.high)

    return st.builds(Facts, **{name: figure(name, one) for name, one in columns.items()})


@given(facts())
@settings(max_examples=150)
def test_payers_and_funds_add_up(one):
    due = dues(one, BOOK.on(one.month))
    assert due.worker_total + due.employer_total == due.total == sum(getattr(due, fund) for fund in FUNDS)
    assert all(getattr(due, name) >= 0 for name in (*FUNDS, "worker_total", "employer_total", "si_base"))
    assert due.counted or due.si_base == 0


@given(facts(), st.integers(0, 10**8))
@settings(max_examples=75)
def test_more_pay_never_lowers_what_is_due(one, more):
    higher = one._replace(wage=min(one.wage + 1 + more, INPUT["wage"].high))
    # The first dong of a worker abroad replaces twice the base salary: not a raise, another rule.
    if one.worker_group != WorkerGroup.ABROAD:
        assert dues(higher, BOOK.on(one.month)).total >= dues(one, BOOK.on(one.month)).total


@pytest.mark.parametrize("seed", range(3))
def test_columns_answer_what_the_plain_functions_answer(seed):
    rows = random_facts(PROGRAM, 1_000, seed=seed, thresholds=THRESHOLDS)
    assert on_duckdb(PROGRAM, rows) == plain(PROGRAM, dues, Facts, BOOK, rows)


def test_every_change_of_the_law_for_every_group_on_columns():
    plain_facts = dict.fromkeys(INPUT, 0) | {"wage": 150_000_000, "region": 2}
    plain_facts |= {
        name: one.type == "BOOLEAN" and name in {"si", "hi", "ui", "wi"}
        for name, one in INPUT.items()
        if one.type == "BOOLEAN"
    }
    months = around(THRESHOLDS["month"], INPUT["month"])
    rows = [
        plain_facts | {"month": month, "worker_group": group} for month in months for group in range(1, 10)
    ]
    rows = [row | {"row_id": number} for number, row in enumerate(rows)]
    assert on_duckdb(PROGRAM, rows) == plain(PROGRAM, dues, Facts, BOOK, rows)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-07", "2026-07"), ("2025-06", "2026-02"), ("2016-01", "2018-12")]
)
def test_a_run_of_few_months_gives_the_same_answers(first, last):
    narrow = program(Month.parse(first), Month.parse(last))
    rows = random_facts(narrow, 500, seed=6, thresholds=THRESHOLDS)
    answers = on_duckdb(narrow, rows)
    assert answers == on_duckdb(PROGRAM, rows) == plain(narrow, dues, Facts, BOOK, rows)


def test_a_run_of_one_month_refuses_rows_of_another():
    july = {"first": Month(2026, 7), "last": Month(2026, 7)}
    (row,) = random_facts(PROGRAM, 1, seed=2)
    with duckdb.connect() as con:
        con.register("facts", table(PROGRAM, [row | {"month": Month(2026, 6).index}]))
        with pytest.raises(GateError, match="month"):
            gate(con, **july)


def test_a_batch_of_one_is_the_one():
    (row,) = random_facts(PROGRAM, 1, seed=9, thresholds=THRESHOLDS)
    crowd = random_facts(PROGRAM, 300, seed=10, thresholds=THRESHOLDS)
    crowd[150] = row | {"row_id": 150}
    assert on_duckdb(PROGRAM, crowd)[150][1:] == on_duckdb(PROGRAM, [row])[0][1:]


def test_the_column_interface():
    assert ("row_id", *Dues._fields) == OUTPUT
    assert list(INPUT) == ["row_id", *Facts._fields]
    (row,) = random_facts(PROGRAM, 1, seed=2)
    with duckdb.connect() as con:
        con.register("people", table(PROGRAM, [row]))
        gate(con, "people")
        register_parameters(con)
        result = con.sql(dues_sql("people"))
        assert tuple(result.columns) == OUTPUT
        assert [str(one) for one in result.types] == ["BIGINT"] * (len(OUTPUT) - 1) + ["BOOLEAN"]


def test_an_empty_wage_never_becomes_a_minimum_wage():
    (row,) = random_facts(PROGRAM, 1, seed=2)
    with duckdb.connect() as con:
        con.register("facts", table(PROGRAM, [row | {"wage": None}]))
        with pytest.raises(GateError, match="wage: 1 empty"):
            gate(con)


def test_no_floating_point_and_no_128_bits_in_the_sql():
    for dialect in ("duckdb", "spark"):
        text = dues_sql(dialect=dialect).upper()
        assert not {"DOUBLE", "FLOAT", "HUGEINT", "DECIMAL", "ROUND("} & set(text.replace("(", " ").split())


def test_the_printed_total_of_two_workers_at_the_minimum():
    both = compulsory([5_310_000, 5_310_000], Month(2026, 1), region=1)
    assert (both.total, both.employee_total, both.employer_total) == (3_398_400, 1_115_100, 2_283_300)
    assert (both.si, both.hi, both.ui, both.work_injury) == (2_655_000, 477_900, 212_400, 53_100)


def test_before_2016_the_law_is_not_encoded():
    with pytest.raises(NotInForce):
        one_month(Month(2015, 12), 5_000_000, region=1)


def test_the_region_is_asked_for_never_assumed():
    with pytest.raises(BilingualError, match="region"):
        one_month(Month(2026, 1), 5_000_000)
    assert one_month(Month(2026, 1), 5_000_000, worker_group=WorkerGroup.HOUSEHOLD_OWNER).si_base == 5_000_000

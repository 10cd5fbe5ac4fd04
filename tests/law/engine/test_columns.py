"""Columns answer what the plain functions answer, on every row; what cannot be proven is refused at import."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, NamedTuple

import duckdb
import pytest
from tests.law.engine import small_law
from tests.law.engine.both_ways import on_duckdb, plain, random_facts, table

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import ParameterBook, Scale
from ansinh.law.engine.columns import Column, GateError, compile_columns
from ansinh.law.engine.expressions import CompileError

ROW = {"row_id": Column("BIGINT", 0, 2**62, "row")}
PROGRAM = compile_columns(small_law.answer, name="small_law", book=small_law.BOOK, passing=ROW)
THRESHOLDS = {
    "month": [Month(2025, 7).index, Month(2026, 1).index, Month(2026, 3).index, Month(2026, 7).index],
    "wage": [4_410_000, 4_730_000, 4_960_000, 5_310_000, 46_800_000, 50_600_000],
    "months": [12, 60],
}


def test_every_row_is_what_the_plain_functions_say():
    rows = random_facts(PROGRAM, 2_000, seed=1, thresholds=THRESHOLDS)
    assert on_duckdb(PROGRAM, rows) == plain(PROGRAM, small_law.answer, small_law.Facts, small_law.BOOK, rows)


def test_every_month_of_the_range_at_the_thresholds():
    base = {"row_id": 0, "region": 1, "wage": 60_000_000, "months": 59, "bonus": True}
    months = range(small_law.FIRST.index, small_law.LAST.index + 1)
    rows = [base | {"row_id": number, "month": month} for number, month in enumerate(months)]
    assert on_duckdb(PROGRAM, rows) == plain(PROGRAM, small_law.answer, small_law.Facts, small_law.BOOK, rows)


def test_a_figure_that_changes_inside_a_month_counts_from_the_next_one():
    base = {"row_id": 0, "region": 1, "wage": 30_000_000, "months": 1, "bonus": False}
    found = [
        on_duckdb(PROGRAM, [base | {"month": month.index}])[0][1]
        for month in (Month(2026, 3), Month(2026, 4))
    ]
    assert found == [2_550_000, 10_000_000]


def test_figures_are_joined_tables_not_chains_of_cases():
    text = PROGRAM.sql()
    assert "46800000" not in text
    assert "JOIN small_law_1 AS p1" in text
    assert [sorted(one.keys) for one in PROGRAM.tables] == [["month", "region"]]


def test_arithmetic_that_passes_64_bits_is_done_in_128():
    assert "HUGEINT" in PROGRAM.sql()
    assert "DECIMAL(38, 0)" in PROGRAM.sql(dialect="spark")
    largest = {
        "row_id": 0,
        "month": small_law.FIRST.index,
        "region": 1,
        "wage": 10**12,
        "months": 600,
        "bonus": True,
    }
    (row,) = on_duckdb(PROGRAM, [largest])
    assert row[PROGRAM.outputs.index("squared")] == 10**24 * 600 // 10**15


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("wage", None, "1 empty"),
        ("region", 3, "[3, 3] not in [1, 2]"),
        ("wage", -1, "[-1, -1]"),
        ("bonus", None, "empty"),
    ],
)
def test_the_gate_names_the_column(column, value, said):
    row = {"row_id": 0, "month": small_law.FIRST.index, "region": 1, "wage": 5, "months": 1, "bonus": True}
    con = duckdb.connect()
    con.register("facts", table(PROGRAM, [row | {column: value}]))
    with pytest.raises(GateError) as refused:
        PROGRAM.run(con)
    assert column in refused.value.en
    assert said in refused.value.en


def test_no_rows_pass_the_gate():
    con = duckdb.connect()
    con.register("facts", table(PROGRAM, []))
    assert PROGRAM.run(con).fetchall() == []


# What is refused


class Row(NamedTuple):
    month: Annotated[int, Column("INTEGER", Month(2024, 1).index, Month(2027, 12).index, "month", key=True)]
    wage: Annotated[int, Column("BIGINT", 0, 10**12, "wage")]
    change: Annotated[int, Column("BIGINT", -(10**6), 10**6, "change")]


class Result(NamedTuple):
    value: int


def loops(facts: Row, scale: Scale) -> Result:
    total = 0
    for _ in range(3):
        total = total + facts.wage
    return Result(total)


def strange_call(facts: Row, scale: Scale) -> Result:
    return Result(abs(facts.change))


def forgets_to_return(facts: Row, scale: Scale) -> Result:  # noqa: RET503 - that is what is refused
    if facts.wage > 5:
        return Result(1)


def set_on_one_path(facts: Row, scale: Scale) -> Result:
    if facts.wage > 5:
        extra = 1
    return Result(extra)


def not_whole(facts: Row, scale: Scale) -> Result:
    return Result(facts.wage * scale.rate)


def rounds_negative(facts: Row, scale: Scale) -> Result:
    return Result(half_up(facts.change * scale.rate))


def divides_by_what_may_be_zero(facts: Row, scale: Scale) -> Result:
    return Result(half_up(Fraction(facts.wage, facts.wage)))


def too_large_a_result(facts: Row, scale: Scale) -> Result:
    return Result(facts.wage * facts.wage)


def too_large_by_far(facts: Row, scale: Scale) -> Result:
    square = facts.wage * facts.wage
    return Result(square * square // (square + 1))


def reads_a_figure_before_its_day(facts: Row, scale: Scale) -> Result:
    return Result(min(facts.wage, scale.cap))


def calls_an_old_clause(facts: Row, scale: Scale) -> Result:
    return Result(small_law.due_old(facts.wage, 1, scale))


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (loops, "For 'for _ in range(3):'"),
        (strange_call, "Call 'abs(facts.change)'"),
        (forgets_to_return, "a path without return"),
        (set_on_one_path, "'extra', unknown here or set on one path only"),
        (not_whole, "round it first"),
        (rounds_negative, "division needs a non-negative"),
        (divides_by_what_may_be_zero, "division needs"),
        (too_large_a_result, "may pass 64 bits"),
        (too_large_by_far, "may pass 128 bits"),
        (reads_a_figure_before_its_day, "cap is not in force throughout 2024-01..2027-12"),
        (calls_an_old_clause, "small.due is not in force throughout"),
    ],
)
def test_what_cannot_be_columns_is_refused_by_name_and_line(function, said):
    with pytest.raises(CompileError) as refused:
        compile_columns(function, name="refused", book=small_law.BOOK)
    assert said in refused.value.en
    if function in (not_whole, too_large_a_result):  # only seen in the result as a whole
        assert "refused.value" in refused.value.en
    else:
        assert "test_columns.py:" in refused.value.en or "small_law.py:" in refused.value.en


def test_a_gap_between_versions_is_refused():
    class Early(NamedTuple):
        month: Annotated[
            int, Column("INTEGER", Month(2023, 1).index, Month(2027, 12).index, "month", key=True)
        ]

    def before(facts: Early, scale: Scale) -> Result:
        return Result(small_law.due.on(facts.month)(5, 1, scale))

    before.__annotations__ = {"facts": Early, "scale": Scale, "return": Result}
    with pytest.raises(CompileError, match="not in force from 2023-01"):
        compile_columns(before, name="refused", book=small_law.BOOK)


def test_half_up_on_columns_is_exact_at_the_half(tmp_path: Path):
    rates = tmp_path / "odd.yaml"
    rates.write_text(
        'rate: {term: t, unit: u, values: [{since: 2020-01-01, value: "1/7", source: 58/2014/QH13, checked: 2026-01-01},'
        ' {since: 2025-01-01, value: "0.5%", source: 58/2014/QH13, checked: 2026-01-01}]}',
        encoding="utf-8",
    )
    book = ParameterBook.load(rates, Scale)

    def share(facts: Row, scale: Scale) -> Result:
        return Result(half_up(facts.wage * scale.rate))

    program = compile_columns(share, name="odd", book=book)
    rows = [
        {"month": month.index, "wage": wage, "change": 0}
        for month in (Month(2024, 12), Month(2025, 1))
        for wage in (0, 3, 4, 99, 100, 101, 299, 300, 10**12, 10**12 - 1)
    ]
    expected = sorted((half_up(row["wage"] * book.on(row["month"]).rate),) for row in rows)
    assert on_duckdb(program, rows) == expected

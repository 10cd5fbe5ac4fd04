"""Tabulated functions: loops over keys become columns of a joined table; sums by person are exact."""

from functools import lru_cache
from typing import Annotated, NamedTuple

import duckdb
import pytest
from tests.law.engine import small_law
from tests.law.engine.both_ways import on_duckdb, plain, random_facts, table

from ansinh.law.engine import Scale, tabulated
from ansinh.law.engine.columns import Column, compile_columns
from ansinh.law.engine.expressions import CompileError

PERSON = {"row_id": Column("BIGINT", 0, 2**62, "row"), "person_id": Column("BIGINT", 0, 2**62, "person")}
EARLIEST = 24_000


class Spell(NamedTuple):
    month: Annotated[int, Column("INTEGER", small_law.FIRST.index, small_law.LAST.index, "month", key=True)]
    first: Annotated[int, Column("INTEGER", EARLIEST, EARLIEST + 300, "first month", key=True)]
    last: Annotated[int, Column("INTEGER", EARLIEST, EARLIEST + 300, "last month", key=True)]
    wage: Annotated[int, Column("BIGINT", 0, 10**9, "wage")]


class Sums(NamedTuple):
    weighted: int
    months: int


@tabulated
def weight_before(month: int, scale: Scale) -> int:
    """Floors of zone 1 per month, summed over the months from the earliest to the one before `month`."""
    return _weight(month, scale.floor[1])


@lru_cache
def _weight(month: int, floor: int) -> int:
    return sum(floor % (1 + index % 12) for index in range(EARLIEST, month))


def sums(facts: Spell, scale: Scale) -> Sums:
    span = max(weight_before(facts.last + 1, scale) - weight_before(facts.first, scale), 0)
    return Sums(weighted=facts.wage * span, months=max(facts.last - facts.first + 1, 0))


PROGRAM = compile_columns(sums, name="small_sums", book=small_law.BOOK, passing=PERSON)


def test_a_loop_over_keys_is_what_the_plain_function_says():
    rows = random_facts(PROGRAM, 500, seed=2)
    assert on_duckdb(PROGRAM, rows) == plain(PROGRAM, sums, Spell, small_law.BOOK, rows)


def test_totals_by_person_are_the_sums_of_the_rows():
    rows = [row | {"person_id": number % 7} for number, row in enumerate(random_facts(PROGRAM, 300, seed=4))]
    with duckdb.connect() as con:
        con.register("facts", table(PROGRAM, rows))
        PROGRAM.register(con)
        found = sorted(con.execute(PROGRAM.totals_sql("person_id")).fetchall())
    expected = {}
    for _row_id, person, weighted, months in plain(PROGRAM, sums, Spell, small_law.BOOK, rows):
        before = expected.get(person, (0, 0))
        expected[person] = (before[0] + weighted, before[1] + months)
    assert found == [(person, *both) for person, both in sorted(expected.items())]


def test_a_key_that_is_no_key_column_is_refused():
    class Loose(NamedTuple):
        month: Annotated[int, Column("INTEGER", small_law.FIRST.index, small_law.LAST.index, "m", key=True)]
        first: Annotated[int, Column("INTEGER", EARLIEST, EARLIEST + 300, "first month")]

    class Weight(NamedTuple):
        weight: int

    def weigh(facts: Loose, scale: Scale) -> Weight:
        return Weight(weight=weight_before(facts.first, scale))

    with pytest.raises(CompileError, match="key columns only"):
        compile_columns(weigh, name="small_loose", book=small_law.BOOK)

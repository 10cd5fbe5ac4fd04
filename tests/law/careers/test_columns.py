"""Cột bằng một người: sums and averages on DuckDB are those of the plain functions, to the dong."""

from fractions import Fraction

import duckdb
from tests.law.engine.both_ways import on_duckdb, plain, random_facts, table

from ansinh.kernel.months import Month
from ansinh.law.careers import BOOK, Career, Scheme, Spell, average_wage
from ansinh.law.careers.adjustment import income_adjustment, wage_adjustment
from ansinh.law.careers.average import average
from ansinh.law.careers.columns import SUMS, SpellFacts, average_sql, spell_sum


def test_every_row_is_what_the_plain_function_says():
    rows = random_facts(SUMS, 1000, seed=1, thresholds={"year": [1994, 2008, 2016, 2025]})
    assert on_duckdb(SUMS, rows) == plain(SUMS, spell_sum, SpellFacts, BOOK, rows)


def test_the_coefficients_are_those_of_the_clauses():
    for month in (Month(2016, 1), Month(2025, 6), Month(2025, 7), Month(2026, 12)):
        scale = BOOK.on(month)
        for year in range(1990, 2027):
            row = SpellFacts(month.index, year, 0, 1, 100)
            assert spell_sum(row, scale).hundredths == 10_000 * wage_adjustment.on(month)(year, scale)
        for year in range(2008, 2027):
            row = SpellFacts(month.index, year, 1, 1, 100)
            assert spell_sum(row, scale).hundredths == 10_000 * income_adjustment.on(month)(year, scale)


def test_an_average_of_a_person_is_that_of_the_record():
    month = Month(2025, 7)
    spells = [
        (year, voluntary, months, 3_000_001 + 777 * year)
        for year, voluntary, months in (
            (1993, 0, 12),
            (2007, 0, 5),
            (2012, 1, 7),
            (2019, 0, 12),
            (2025, 1, 3),
        )
    ]
    rows = [
        {
            "person": 5,
            "month": month.index,
            "year": year,
            "voluntary": voluntary,
            "months": months,
            "wage": wage,
        }
        for year, voluntary, months, wage in spells
    ]
    with duckdb.connect() as con:
        con.register("facts", table(SUMS, rows))
        SUMS.gate(con)
        SUMS.register(con)
        con.execute(f"CREATE TABLE sums AS {SUMS.totals_sql('person')}")
        found = con.execute(f"SELECT person, {average_sql('hundredths', 'months')} FROM sums").fetchall()
    career = Career.of(
        Spell(
            Month(year, 1),
            Month(year, months),
            wage=wage,
            scheme=Scheme.VOLUNTARY if voluntary else Scheme.COMPULSORY,
        )
        for year, voluntary, months, wage in spells
    )
    assert found == [(5, average_wage(career, month).average_wage)]


def test_the_division_rounds_half_up_as_the_clause_does():
    sums = [(hundredths, months) for months in (1, 2, 3, 7, 312) for hundredths in range(0, 1001, 25)]
    with duckdb.connect() as con:
        con.execute("CREATE TABLE sums (hundredths BIGINT, months BIGINT)")
        con.executemany("INSERT INTO sums VALUES (?, ?)", [list(row) for row in sums])
        found = con.execute(f"SELECT {average_sql('hundredths', 'months')} FROM sums").fetchall()
    expected = [average(Fraction(hundredths, 100), months, Fraction(0)) for hundredths, months in sums]
    assert [value for (value,) in found] == expected
    assert "DIV" in average_sql("h", "m", "spark")

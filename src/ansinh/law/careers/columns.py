"""Tổng tiền lương đã điều chỉnh trên cột: one row for each run of equal months of one year, summed by person.

    with duckdb.connect() as con:
        SUMS.gate(con, "spells")
        SUMS.register(con)
        con.execute(f"CREATE TABLE sums AS {SUMS.totals_sql('person', 'spells')}")
        con.sql(f"SELECT person, {average_sql('hundredths', 'months')} AS average_wage FROM sums")

Whole numbers throughout: a coefficient has two decimals, so a sum is a whole number of hundredths of a dong
and one division rounds it. Employer pay and voluntary incomes only; State-scale pay is averaged over its last
years by `average_wage`.
"""

from typing import Annotated, NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.careers.adjustment import income_table_value, table_value
from ansinh.law.careers.book import BOOK
from ansinh.law.engine import Scale, tabulated
from ansinh.law.engine.columns import Column, compile_columns
from ansinh.law.engine.sql import Dialect

__all__ = ["SUMS", "SpellFacts", "SpellSum", "average_sql", "spell_sum"]

FIRST_MONTH = Month(2016, 1)
LAST_MONTH = Month(BOOK.wage_adjustment.values[-1].period.since.year, 12)
"""Tháng cuối có bảng hệ số: a table is of one calendar year."""

FIRST_YEAR = 1960
_DONG = 1_000_000_000

_MONTH = Column(
    "INTEGER", FIRST_MONTH.index, LAST_MONTH.index, "tháng hưởng: year * 12 + month - 1", key=True
)
_PERSON = {"person": Column("BIGINT", 0, 2**63 - 1, "mã người, giữ nguyên trong kết quả")}


class SpellFacts(NamedTuple):
    """Một dòng quá trình: equal months of one year."""

    month: Annotated[int, _MONTH]
    year: Annotated[int, Column("SMALLINT", FIRST_YEAR, LAST_MONTH.year, "năm đóng", key=True)]
    voluntary: Annotated[int, Column("SMALLINT", 0, 1, "1: đóng tự nguyện, 0: bắt buộc", key=True)]
    months: Annotated[int, Column("SMALLINT", 0, 12, "số tháng của năm")]
    wage: Annotated[int, Column("BIGINT", 0, _DONG, "tiền lương, thu nhập tháng, đồng")]


class SpellSum(NamedTuple):
    """Tổng sau điều chỉnh, in hundredths of a dong, and its months."""

    hundredths: int
    months: int


@tabulated
def hundredths_of(year: int, voluntary: int, scale: Scale) -> int:
    """Hệ số của năm, in hundredths; a voluntary year before the first is that of the first."""
    if voluntary:
        return int(income_table_value(max(year, min(scale.income_adjustment)), scale) * 100)
    return int(table_value(year, scale) * 100)


def spell_sum(facts: SpellFacts, scale: Scale) -> SpellSum:
    """Tiền lương các tháng của một năm sau điều chỉnh."""
    coefficient = hundredths_of(facts.year, facts.voluntary, scale)
    return SpellSum(facts.months * facts.wage * coefficient, facts.months)


def average_sql(hundredths: str, months: str, dialect: Dialect = "duckdb") -> str:
    """Mức bình quân của một người: SQL of the clause `average` over a sum of `SUMS`, half up to the dong."""
    divided = "DIV" if dialect == "spark" else "//"
    return f"((2 * ({hundredths}) + 100 * ({months})) {divided} (2 * 100 * ({months})))"


SUMS = compile_columns(spell_sum, name="law_careers_sum", book=BOOK, passing=_PERSON)

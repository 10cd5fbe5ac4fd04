"""Lương hưu của cả triệu người: careers to pensions by the same clauses, one SQL text within another.

`spell_sums` answers each spell of a career (its months, its adjusted pay), the sums by person go to
`retired`, which answers the person: average wage, rate, pension, lump sum, or the one-time payment.

    with duckdb.connect() as con:           # tables people, spells: see `law/simulate/population.py`
        program = careers(Month(2026, 1), Month(2026, 12))
        program.prepare(con)                # nothing impossible, the figures of the law joined
        con.execute(f"CREATE TABLE pensions AS {program.sql()}")

Out of scope, and refused or left to `calc`: seniority allowances drawn for a part of the career only, months
with several contracts, capacity loss, hard work. Pay on the State scale of who began from 2016 is averaged
whole: their fifteen years are not over before 2031.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.careers.adjustment import income_table_value, table_value
from ansinh.law.careers.average import average, weighted_total
from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.careers.windows import last_months
from ansinh.law.contributions.book import BOOK as CONTRIBUTIONS
from ansinh.law.engine import ParameterBook, Scale, tabulated
from ansinh.law.engine.columns import Column, Columns, compile_columns
from ansinh.law.engine.sql import Dialect
from ansinh.law.one_time import contributed_years
from ansinh.law.one_time.book import BOOK as ONE_TIME
from ansinh.law.one_time.payment import average_months, sum_by_years
from ansinh.law.pensions.amounts import award
from ansinh.law.pensions.book import BOOK as PENSIONS
from ansinh.law.pensions.facts import Claim
from ansinh.law.pensions.lump_sums import excess, full_rate_months, lump_sum, lump_sum_months
from ansinh.law.retirement.book import BOOK as RETIREMENT
from ansinh.law.retirement.facts import Group

__all__ = ["BOOK", "CareerRun", "Person", "Retired", "Sums", "careers", "retired", "spell_sums"]

EARLIEST, LATEST = Month(1960, 1).index, Month(2030, 12).index
FIRST, LAST = Month(2016, 1), Month(2030, 12)
PRIVATE, STATE, VOLUNTARY = 0, 1, 2
SPLIT = Month(2014, 1).index
REFORMED = Month(2025, 7).index
MOST_MONTHS = 720
HUNDREDTHS, MILLI, SHARE_UNITS = 100, 1000, 10_000

BOOK = ParameterBook("career_run", {**CONTRIBUTIONS.parameters, **ONE_TIME.parameters, **PENSIONS.parameters})
"""Mọi con số mà một lần nghỉ hưu cần, in one book, so that one scale serves every clause."""


class SpellFacts(NamedTuple):
    """Một giai đoạn của một người nghỉ hưu vào `month`; `begun` is the first month of the career."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng đầu hưởng", key=True)]
    first: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu giai đoạn", key=True)]
    last: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng cuối giai đoạn", key=True)]
    begun: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu tham gia", key=True)]
    kind: Annotated[int, Column("SMALLINT", PRIVATE, VOLUNTARY, "0 lương đơn vị, 1 hệ số, 2 tự nguyện")]
    wage: Annotated[int, Column("BIGINT", 0, 10**9, "tiền lương, thu nhập tháng")]
    multiple_milli: Annotated[int, Column("INTEGER", 0, 100_000, "hệ số, phần nghìn")]
    later_state_months: Annotated[int, Column("SMALLINT", 0, MOST_MONTHS, "số tháng hệ số sau giai đoạn")]


class Sums(NamedTuple):
    """Phần của một giai đoạn trong các tổng của một người; pay in hundredths of a dong or thousandths."""

    state_months: int
    private_months: int
    voluntary_months: int
    months_before_2014: int
    window_months: int
    window_milli: int
    state_milli: int
    state_adjusted: int
    private_adjusted: int
    voluntary_adjusted: int


class Person(NamedTuple):
    """Một người và các tổng của quá trình đóng."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng đầu hưởng", key=True)]
    sex: Annotated[int, Column("SMALLINT", 1, 2, "1 nam, 2 nữ", key=True)]
    begun: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu tham gia")]
    state_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng theo hệ số")]
    private_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng theo lương đơn vị")]
    voluntary_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng tự nguyện")]
    months_before_2014: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng trước 2014")]
    window_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng cuối theo hệ số")]
    window_milli: Annotated[int, Column("BIGINT", 0, 10**8, "tổng hệ số những tháng cuối")]
    state_milli: Annotated[int, Column("BIGINT", 0, 10**8, "tổng hệ số mọi tháng")]
    state_adjusted: Annotated[int, Column("BIGINT", 0, 10**15, "lương hệ số sau điều chỉnh, phần trăm đồng")]
    private_adjusted: Annotated[int, Column("BIGINT", 0, 10**15, "lương đơn vị sau điều chỉnh")]
    voluntary_adjusted: Annotated[int, Column("BIGINT", 0, 10**15, "thu nhập sau điều chỉnh")]


class Retired(NamedTuple):
    """Chế độ của một người, dong; `rate` in hundredths of a percent. `one_time` where months fall short."""

    months: int
    average_wage: int
    eligible: bool
    rate: int
    pension: int
    minimum_applied: bool
    lump_sum: int
    health: int
    one_time: int


@tabulated
def wages_before(month: int, scale: Scale) -> int:
    """Tổng hệ số điều chỉnh of the months from the earliest to the one before `month`, hundredths."""
    return _prefix(_by_year(scale, table_value))[month - EARLIEST]


@tabulated
def incomes_before(month: int, scale: Scale) -> int:
    """Tổng hệ số điều chỉnh thu nhập tự nguyện, as `wages_before`; nothing before such insurance began."""
    return _prefix(_by_year(scale, _income_or_none))[month - EARLIEST]


@tabulated
def state_before(month: int, scale: Scale) -> int:
    """Tổng lương cơ sở của tháng nhân hệ số điều chỉnh, from 2016: what a coefficient of 1 was paid."""
    return _state_prefix(_by_year(scale, table_value), _base_salaries())[month - EARLIEST]


@tabulated
def window(begun: int, scale: Scale) -> int:
    """Số tháng cuối tính bình quân by the first year of participation."""
    return last_months(begun // 12, MOST_MONTHS, scale)


@tabulated
def price_adjusted_from(_month: int, scale: Scale) -> int:
    """Tháng bắt đầu tham gia từ đó lương hệ số theo chỉ số giá."""
    return int(scale.price_adjusted_from_year) * 12


@tabulated
def required_months(month: int, _scale: Scale) -> int:
    """Số tháng đóng để được hưởng lương hưu, by the law of the first pension month."""
    return 12 * int(RETIREMENT.on(month).required_years)


@tabulated
def pays_whole_career(month: int, _scale: Scale) -> int:
    """Có so với bình quân toàn bộ thời gian: 1 from 07/2025 (158/2025/NĐ-CP, Điều 15 khoản 2 điểm c)."""
    from ansinh.law.careers.windows import whole_career_average

    return int(Month.from_index(month).first_day in whole_career_average.period)


def spell_sums(facts: SpellFacts, scale: Scale) -> Sums:
    """Các tổng của một giai đoạn."""
    months = facts.last - facts.first + 1
    is_state = facts.kind == STATE
    is_private = facts.kind == PRIVATE
    state_months = months if is_state else 0
    in_window = min(max(window(facts.begun, scale) - facts.later_state_months, 0), state_months)
    wage_weight = max(wages_before(facts.last + 1, scale) - wages_before(facts.first, scale), 0)
    income_weight = max(incomes_before(facts.last + 1, scale) - incomes_before(facts.first, scale), 0)
    state_weight = max(state_before(facts.last + 1, scale) - state_before(facts.first, scale), 0)
    return Sums(
        state_months=state_months,
        private_months=months if is_private else 0,
        voluntary_months=0 if is_state or is_private else months,
        months_before_2014=max(min(facts.last + 1, SPLIT) - facts.first, 0),
        window_months=in_window,
        window_milli=in_window * facts.multiple_milli,
        state_milli=state_months * facts.multiple_milli,
        state_adjusted=half_up(Fraction(facts.multiple_milli * state_weight, MILLI)) if is_state else 0,
        private_adjusted=facts.wage * wage_weight if is_private else 0,
        voluntary_adjusted=0 if is_state or is_private else facts.wage * income_weight,
    )


def retired(facts: Person, scale: Scale) -> Retired:
    """Một người nghỉ hưu đúng tuổi: the pension, or the one-time payment of who has too few months."""
    contributed = facts.state_months + facts.private_months
    months = contributed + facts.voluntary_months
    average_wage = average(career_total(facts, scale), max(months, 1), Fraction(0))
    claim = Claim(
        month=facts.month,
        sex=facts.sex,
        worker_group=Group.EMPLOYEE,
        contributed_months=contributed,
        voluntary_months=facts.voluntary_months,
        early_months=0,
        average_wage=average_wage,
        begun_before_2025_07=facts.begun < REFORMED,
    )
    awarded = award(claim, scale)
    full = half_up(full_rate_months.on(facts.month)(facts.sex, scale))
    more = excess.on(facts.month)(months, months, full, scale)
    lump = lump_sum(lump_sum_months(more.excess_years, more.late_years, scale), average_wage)
    eligible = months >= required_months(facts.month, scale)
    years = contributed_years.on(facts.month)(months, facts.months_before_2014, scale)
    once = sum_by_years(average_months.on(facts.month)(years, scale), average_wage)
    return Retired(
        months=months,
        average_wage=average_wage,
        eligible=eligible,
        rate=half_up(awarded.rate * SHARE_UNITS) if eligible else 0,
        pension=awarded.pension if eligible else 0,
        minimum_applied=awarded.minimum_applied and eligible,
        lump_sum=lump if eligible else 0,
        health=half_up(awarded.pension * scale.health_rate) if eligible else 0,
        one_time=0 if eligible else once,
    )


def career_total(facts: Person, scale: Scale) -> Fraction:
    """Tổng tiền lương, thu nhập sau điều chỉnh of the whole career, exact: `months` averages make it."""
    private = Fraction(facts.private_adjusted, HUNDREDTHS)
    incomes = Fraction(facts.voluntary_adjusted, HUNDREDTHS)
    if facts.begun >= price_adjusted_from(facts.month, scale):
        return weighted_total(Fraction(facts.state_adjusted, HUNDREDTHS), 1, private, incomes)
    last = Fraction(facts.window_milli, max(facts.window_months, 1))
    whole = Fraction(facts.state_milli, max(facts.state_months, 1))
    multiple = max(last, whole) if pays_whole_career(facts.month, scale) == 1 else last
    state_average = multiple * Fraction(scale.base_salary, MILLI)
    return weighted_total(state_average, facts.state_months, private, incomes)


@dataclass(frozen=True)
class CareerRun:
    """Một lần chạy: the two compiled programs for the first pension months from `first` to `last`."""

    spells: Columns
    people: Columns

    def prepare(self, con: Any) -> None:
        """Kiểm tra các bảng ``people``, ``spells`` và tạo các bảng nối in DuckDB. Raises `GateError`."""
        self.spells.gate(con, f"({self.facts_sql()})")
        self.register(con)
        self.people.gate(con, f"({self.sums_sql()})")

    def register(self, con: Any) -> None:
        """Tạo các bảng nối in DuckDB, for tables that are known to be sound."""
        self.spells.register(con)
        self.people.register(con)

    def register_spark(self, session: Any) -> None:
        """Tạo các bảng nối trong một phiên Spark."""
        self.spells.register_spark(session)
        self.people.register_spark(session)

    def facts_sql(self, dialect: Dialect = "duckdb") -> str:
        """Dữ kiện của mỗi giai đoạn: with what comes from the person and from the later spells."""
        first, last = _quoted(dialect, "first", "last")
        later = (
            f"coalesce(sum(s.{last} - s.{first} + 1) OVER (PARTITION BY s.person_id ORDER BY s.{first} DESC "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
        )
        columns = (
            f"s.person_id, p.month, s.{first}, s.{last}, p.begun, s.kind, s.wage, s.multiple_milli, "
            "CAST({0} AS SMALLINT) AS later_state_months"
        )
        source = f"FROM spells s JOIN ({self._people_sql(dialect)}) p ON p.person_id = s.person_id"
        # Only pay on the State scale looks at later spells: the others are not sorted for it.
        return (
            f"SELECT {columns.format(0)} {source} WHERE s.kind <> {STATE} UNION ALL "
            f"SELECT {columns.format(later)} {source} WHERE s.kind = {STATE}"
        )

    def sums_sql(self, dialect: Dialect = "duckdb") -> str:
        """Các tổng của mỗi người, beside who they are."""
        totals = self.spells.totals_sql("person_id", f"({self.facts_sql(dialect)})", dialect)
        return (
            f"SELECT p.person_id, p.month, p.sex, p.begun, {', '.join(f't.{name}' for name in Sums._fields)} "
            f"FROM ({self._people_sql(dialect)}) p JOIN ({totals}) t ON t.person_id = p.person_id"
        )

    def _people_sql(self, dialect: Dialect) -> str:
        (first,) = _quoted(dialect, "first")
        return (
            "SELECT q.person_id, q.month, q.sex, b.begun FROM people q JOIN "
            f"(SELECT person_id, min({first}) AS begun FROM spells GROUP BY person_id) b "
            "ON b.person_id = q.person_id"
        )

    def sql(self, dialect: Dialect = "duckdb") -> str:
        """SELECT chế độ của mọi người: ``person_id`` and the fields of `Retired`."""
        return self.people.sql(f"({self.sums_sql(dialect)})", dialect)


def careers(first: Month = FIRST, last: Month = LAST) -> CareerRun:
    """Dịch cả hai chương trình cho những người hưởng từ `first` đến `last`; at most some years at a time."""
    passing = {"person_id": Column("BIGINT", 0, 2**63 - 1, "mã người")}
    name = f"law_pension_{first.year:04d}{first.month:02d}_{last.year:04d}{last.month:02d}"
    months = (first, last)
    return CareerRun(
        compile_columns(spell_sums, name=f"{name}_spell", book=BOOK, passing=passing, months=months),
        compile_columns(retired, name=f"{name}_person", book=BOOK, passing=passing, months=months),
    )


def _quoted(dialect: Dialect, *names: str) -> list[str]:
    mark = '"' if dialect == "duckdb" else "`"
    return [f"{mark}{name}{mark}" for name in names]


def _by_year(scale: Scale, value: Any) -> tuple[int, ...]:
    years = range(EARLIEST // 12, LATEST // 12 + 1)
    return tuple(int(value(year, scale) * HUNDREDTHS) for year in years)


def _income_or_none(year: int, scale: Scale) -> Fraction:
    try:
        return income_table_value(year, scale)
    except KeyError:
        return Fraction(0)


@lru_cache(maxsize=64)
def _prefix(by_year: tuple[int, ...]) -> tuple[int, ...]:
    sums = [0]
    for month in range(EARLIEST, LATEST + 1):
        sums.append(sums[-1] + by_year[month // 12 - EARLIEST // 12])
    return tuple(sums)


@lru_cache(maxsize=64)
def _state_prefix(by_year: tuple[int, ...], dated: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """As `_prefix`, times the base salary of the month; 0 before 2016, when no pay is averaged by it."""
    sums = [0]
    for month in range(EARLIEST, LATEST + 1):
        paid = max(((since, value) for since, value in dated if since <= month), default=(0, 0))[1]
        counted = paid if month >= FIRST.index else 0
        sums.append(sums[-1] + counted * by_year[month // 12 - EARLIEST // 12])
    return tuple(sums)


def _base_salaries() -> tuple[tuple[int, int], ...]:
    """Các mức lương cơ sở, each with the month from which it holds."""
    return tuple((Month.of(one.period.since).index, int(one.value)) for one in CAREERS.base_salary.values)

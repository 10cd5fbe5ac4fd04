"""Lương hưu của cả triệu người: careers to pensions by the same clauses, one SQL text within another.

`spell_sums` answers each spell of a career (its months, its adjusted pay), `last_years` each spell on the
State scale (how many of its months are among the last years), the sums by person go to `retired`, which
answers the person: average wage, rate, pension, lump sum, or the one-time payment.

    with duckdb.connect() as con:           # tables people, spells: see `law/simulate/population.py`
        program = careers(Month(2026, 1), Month(2026, 12))
        program.prepare(con)                # nothing impossible, the figures of the law joined
        con.execute(f"CREATE TABLE pensions AS {program.sql()}")

Out of scope, and refused or left to `calc`: seniority allowances drawn for a part of the career only, months
with several contracts, capacity loss, hard work, State support of voluntary payers. Pay on the State scale of
who began from 2016 is averaged whole: their fifteen years are not over before 2031.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.careers.adjustment import income_adjustment, wage_adjustment
from ansinh.law.careers.average import average, weighted_total
from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.careers.windows import last_months
from ansinh.law.contributions.book import BOOK as CONTRIBUTIONS
from ansinh.law.contributions.book import ContributionsScale
from ansinh.law.engine import ParameterBook, tabulated
from ansinh.law.engine.columns import Column, Columns, GateError, compile_columns
from ansinh.law.engine.sql import Dialect
from ansinh.law.one_time import contributed_years
from ansinh.law.one_time.book import BOOK as ONE_TIME
from ansinh.law.one_time.book import OneTimeScale
from ansinh.law.one_time.payment import average_months, paid_in, sum_by_years, under_a_year
from ansinh.law.pensions.amounts import award
from ansinh.law.pensions.book import BOOK as PENSIONS
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.pensions.facts import Claim
from ansinh.law.pensions.lump_sums import excess, full_rate_months, lump_sum, lump_sum_months
from ansinh.law.retirement.facts import Group

__all__ = [
    "BOOK",
    "CareerRun",
    "LastYears",
    "Person",
    "Retired",
    "Sums",
    "careers",
    "last_years",
    "retired",
    "spell_sums",
]

EARLIEST, LATEST = Month(1960, 1).index, Month(2030, 12).index
FIRST, LAST = Month(2016, 1), Month(2030, 12)
PRIVATE, STATE, VOLUNTARY = 0, 1, 2
SPLIT = Month.of(CAREERS.counts_more_from.on(FIRST)).index
REFORMED = Month(2025, 7).index
MOST_MONTHS, MOST_PAY, MOST_MULTIPLE = 720, 200_000_000, 40_000
MOST_ADJUSTED = 10**14
HUNDREDTHS, MILLI, SHARE_UNITS = 100, 1000, 10_000


class CareerRunScale(ContributionsScale, OneTimeScale, PensionsScale):
    """Các con số của một lần nghỉ hưu vào một ngày."""


BOOK = ParameterBook(
    "career_run", CareerRunScale, {**CONTRIBUTIONS.parameters, **ONE_TIME.parameters, **PENSIONS.parameters}
)
"""Mọi con số mà một lần nghỉ hưu cần: in one book, so that one scale serves every clause."""


class SpellFacts(NamedTuple):
    """Một giai đoạn của một người nghỉ hưu vào `month`."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng đầu hưởng", key=True)]
    first: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu giai đoạn", key=True)]
    last: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng cuối giai đoạn", key=True)]
    kind: Annotated[int, Column("SMALLINT", PRIVATE, VOLUNTARY, "0 lương đơn vị, 1 hệ số, 2 tự nguyện")]
    wage: Annotated[int, Column("BIGINT", 0, MOST_PAY, "tiền lương, thu nhập tháng")]


class Sums(NamedTuple):
    """Phần của một giai đoạn trong các tổng của một người; pay in hundredths of a dong.

    `begun` is the first month of the spell if compulsory, else the latest month: the least of all is taken.
    """

    begun: int
    months: int
    voluntary_months: int
    months_before_2014: int
    private_adjusted: int
    voluntary_adjusted: int


class StateFacts(NamedTuple):
    """Một giai đoạn theo hệ số; `begun` is the first month of compulsory insurance of the career."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng đầu hưởng", key=True)]
    first: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu giai đoạn", key=True)]
    last: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng cuối giai đoạn", key=True)]
    begun: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu đóng bắt buộc", key=True)]
    multiple_milli: Annotated[int, Column("INTEGER", 0, MOST_MULTIPLE, "hệ số, phần nghìn")]
    later_state_months: Annotated[int, Column("INTEGER", 0, MOST_MONTHS, "số tháng hệ số sau giai đoạn")]


class LastYears(NamedTuple):
    """Phần của một giai đoạn theo hệ số: months and coefficients in thousandths, pay in 1/100 000 dong."""

    state_months: int
    window_months: int
    window_milli: int
    state_milli: int
    state_adjusted: int


class Person(NamedTuple):
    """Một người và các tổng của quá trình đóng."""

    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "tháng đầu hưởng", key=True)]
    sex: Annotated[int, Column("SMALLINT", 1, 2, "1 nam, 2 nữ", key=True)]
    begun: Annotated[int, Column("INTEGER", EARLIEST, LATEST, "tháng đầu đóng bắt buộc")]
    months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng đóng")]
    voluntary_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng tự nguyện")]
    months_before_2014: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng trước 2014")]
    private_adjusted: Annotated[int, Column("BIGINT", 0, MOST_ADJUSTED, "lương đơn vị sau điều chỉnh")]
    voluntary_adjusted: Annotated[int, Column("BIGINT", 0, MOST_ADJUSTED, "thu nhập sau điều chỉnh")]
    state_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng theo hệ số")]
    window_months: Annotated[int, Column("BIGINT", 0, MOST_MONTHS, "số tháng cuối theo hệ số")]
    window_milli: Annotated[int, Column("BIGINT", 0, MOST_MONTHS * MOST_MULTIPLE, "tổng hệ số tháng cuối")]
    state_milli: Annotated[int, Column("BIGINT", 0, MOST_MONTHS * MOST_MULTIPLE, "tổng hệ số mọi tháng")]
    state_adjusted: Annotated[int, Column("BIGINT", 0, 10**16, "lương hệ số sau điều chỉnh")]


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
def wages_before(month: int, scale: CareerRunScale) -> int:
    """Tổng hệ số điều chỉnh: that of the months from the earliest to the one before `month`, hundredths."""
    return _prefix(_wages_by_year(scale))[month - EARLIEST]


@tabulated
def incomes_before(month: int, scale: CareerRunScale) -> int:
    """Tổng hệ số điều chỉnh thu nhập tự nguyện: as `wages_before`; nothing before such insurance began."""
    return _prefix(_incomes_by_year(scale))[month - EARLIEST]


@tabulated
def state_before(month: int, scale: CareerRunScale) -> int:
    """Tổng lương cơ sở của tháng nhân hệ số điều chỉnh: from 2016; what a coefficient of 1 was paid."""
    return _state_prefix(_wages_by_year(scale), _base_salaries())[month - EARLIEST]


@tabulated
def window(begun: int, scale: CareerRunScale) -> int:
    """Số tháng cuối tính bình quân: by the first year of participation."""
    return last_months(begun // 12, MOST_MONTHS, scale)


@tabulated
def price_adjusted_from(_month: int, scale: CareerRunScale) -> int:
    """Tháng bắt đầu tham gia từ đó lương hệ số theo chỉ số giá."""
    return int(scale.price_adjusted_from_year) * 12


@tabulated
def required_months(_month: int, scale: CareerRunScale) -> int:
    """Số tháng đóng để được hưởng lương hưu: by the law of the first pension month."""
    return 12 * int(scale.required_years)


@tabulated
def pays_whole_career(month: int, _scale: CareerRunScale) -> int:
    """Có so với bình quân toàn bộ thời gian: 1 from 07/2025 (158/2025/NĐ-CP, Điều 15 khoản 2 điểm c)."""
    from ansinh.law.careers.windows import whole_career_average

    return int(Month.from_index(month).first_day in whole_career_average.period)


def spell_sums(facts: SpellFacts, scale: CareerRunScale) -> Sums:
    """Các tổng của một giai đoạn."""
    months = facts.last + 1 - facts.first
    wage_weight = wages_before(facts.last + 1, scale) - wages_before(facts.first, scale)
    income_weight = incomes_before(facts.last + 1, scale) - incomes_before(facts.first, scale)
    return Sums(
        begun=LATEST if facts.kind == VOLUNTARY else facts.first,
        months=months,
        voluntary_months=months if facts.kind == VOLUNTARY else 0,
        months_before_2014=max(min(facts.last + 1, SPLIT) - facts.first, 0),
        private_adjusted=facts.wage * wage_weight if facts.kind == PRIVATE else 0,
        voluntary_adjusted=facts.wage * income_weight if facts.kind == VOLUNTARY else 0,
    )


def last_years(facts: StateFacts, scale: CareerRunScale) -> LastYears:
    """Phần của một giai đoạn theo hệ số trong những năm cuối: with its part in the whole career."""
    months = facts.last + 1 - facts.first
    averaged = min(max(window(facts.begun, scale) - facts.later_state_months, 0), months)
    return LastYears(
        state_months=months,
        window_months=averaged,
        window_milli=averaged * facts.multiple_milli,
        state_milli=months * facts.multiple_milli,
        state_adjusted=facts.multiple_milli
        * (state_before(facts.last + 1, scale) - state_before(facts.first, scale)),
    )


def retired(facts: Person, scale: CareerRunScale) -> Retired:
    """Một người nghỉ hưu đúng tuổi: the pension, or the one-time payment of who has too few months."""
    months = facts.months
    contributed = max(months - facts.voluntary_months, 0)
    average_wage = career_average(facts, max(months, 1), scale)
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
    once = sum_by_years(average_months.on(facts.month)(years, scale), Fraction(average_wage))
    if months < 12:
        few = min(months, 11)  # says nothing new of a person, and proves that columns need 64 bits only
        paid = paid_in.on(facts.month)(few, Fraction(average_wage), scale)
        once = under_a_year(paid, Fraction(average_wage), scale)
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


def career_average(facts: Person, months: int, scale: CareerRunScale) -> int:
    """Mức bình quân tiền lương, thu nhập của cả quá trình: the sums are exact, each way divides once."""
    private = Fraction(facts.private_adjusted, HUNDREDTHS)
    incomes = Fraction(facts.voluntary_adjusted, HUNDREDTHS)
    if facts.begun >= price_adjusted_from(facts.month, scale):
        state = Fraction(facts.state_adjusted, HUNDREDTHS * MILLI)
        return average(weighted_total(state, 1, private, incomes), months, Fraction(0))
    last = Fraction(facts.window_milli, max(facts.window_months, 1))
    whole = Fraction(facts.state_milli, max(facts.state_months, 1))
    multiple = max(last, whole) if pays_whole_career(facts.month, scale) == 1 else last
    state = multiple * Fraction(scale.base_salary, MILLI)
    return average(weighted_total(state, facts.state_months, private, incomes), months, Fraction(0))


@dataclass(frozen=True)
class CareerRun:
    """Một lần chạy: the three compiled programs for the first pension months of some years."""

    spells: Columns
    state: Columns
    people: Columns

    def prepare(self, con: Any) -> None:
        """Kiểm tra các bảng ``people``, ``spells`` và tạo các bảng nối in DuckDB. Raises `GateError`."""
        self.gate(con)
        self.register(con)

    def gate(self, con: Any) -> None:
        """Kiểm tra đầu vào: ranges row by row, and the months of each career; every sum follows from them."""
        self.spells.gate(con, f"({self._spells_sql('duckdb')})")
        state = f"SELECT *, {LATEST} AS begun, 0 AS later_state_months FROM ({self._spells_sql('duckdb')})"
        self.state.gate(con, f"({state} WHERE kind = {STATE})")
        ((backwards, longest),) = con.execute("""
            SELECT coalesce(sum(backwards), 0), coalesce(max(months), 0) FROM (
                SELECT sum(("last" < "first")::INTEGER) AS backwards, sum("last" - "first" + 1) AS months
                FROM spells GROUP BY person_id
            )""").fetchall()
        if backwards or longest > MOST_MONTHS:
            raise GateError(
                f"Quá trình không hợp lệ: {backwards} giai đoạn kết thúc trước khi bắt đầu; "
                f"dài nhất {longest} tháng, nhiều nhất {MOST_MONTHS}",
                f"Careers refused: {backwards} spells end before they begin; "
                f"the longest has {longest} months of at most {MOST_MONTHS}",
                code="law.columns.gate",
            )

    def register(self, con: Any) -> None:
        """Tạo các bảng nối in DuckDB: for tables that are known to be sound."""
        for program in (self.spells, self.state, self.people):
            program.register(con)

    def register_spark(self, session: Any) -> None:
        """Tạo các bảng nối trong một phiên Spark."""
        for program in (self.spells, self.state, self.people):
            program.register_spark(session)

    def sums_sql(self, dialect: Dialect = "duckdb") -> str:
        """Các tổng của mỗi người: beside who they are."""
        spells = self.spells.sql(f"({self._spells_sql(dialect)})", dialect)
        state = self.state.sql(f"({self._state_sql(dialect)})", dialect)
        sums = [f"CAST(sum({name}) AS BIGINT) AS {name}" for name in Sums._fields if name != "begun"]
        last = [f"CAST(sum({name}) AS BIGINT) AS {name}" for name in LastYears._fields]
        columns = [f"e.{name}" for name in Sums._fields]
        columns += [f"coalesce(t.{name}, 0) AS {name}" for name in LastYears._fields]
        return (
            f"SELECT p.person_id, p.month, p.sex, {', '.join(columns)} FROM people p JOIN ("
            f"SELECT person_id, min(begun) AS begun, {', '.join(sums)}\nFROM (\n{spells}\n) AS t\n"
            "GROUP BY person_id) e ON e.person_id = p.person_id LEFT JOIN ("
            f"SELECT person_id, {', '.join(last)}\nFROM (\n{state}\n) AS t\nGROUP BY person_id"
            ") t ON t.person_id = p.person_id"
        )

    def _spells_sql(self, dialect: Dialect) -> str:
        first, last = _quoted(dialect, "first", "last")
        return (
            f"SELECT s.person_id, p.month, s.{first}, s.{last}, s.kind, s.wage, s.multiple_milli "
            "FROM spells s JOIN people p ON p.person_id = s.person_id"
        )

    def _state_sql(self, dialect: Dialect) -> str:
        # Only pay on the State scale looks at later spells: the others are not sorted for it. The first month
        # is found once more: shared by a common table expression, DuckDB 2 may wait for itself for ever.
        first, last = _quoted(dialect, "first", "last")
        later = (
            f"coalesce(sum(s.{last} - s.{first} + 1) OVER (PARTITION BY s.person_id ORDER BY s.{first} DESC "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
        )
        return (
            f"SELECT s.person_id, p.month, s.{first}, s.{last}, e.begun, s.multiple_milli, "
            f"CAST({later} AS INTEGER) AS later_state_months FROM spells s "
            "JOIN people p ON p.person_id = s.person_id JOIN ("
            f"SELECT person_id, min({first}) AS begun FROM spells WHERE kind <> {VOLUNTARY} "
            "GROUP BY person_id"
            f") e ON e.person_id = s.person_id WHERE s.kind = {STATE}"
        )

    def sql(self, dialect: Dialect = "duckdb") -> str:
        """SELECT chế độ của mọi người: ``person_id`` and the fields of `Retired`."""
        return self.people.sql(f"({self.sums_sql(dialect)})", dialect)


def careers(first: Month = FIRST, last: Month = LAST) -> CareerRun:
    """Dịch ba chương trình cho những người hưởng từ `first` đến `last`; at most some years at a time."""
    passing = {"person_id": Column("BIGINT", 0, 2**63 - 1, "mã người")}
    name = f"law_pension_{first.year:04d}{first.month:02d}_{last.year:04d}{last.month:02d}"

    def compiled(part: str, function: Callable[..., Any]) -> Columns:
        return compile_columns(
            function, name=f"{name}_{part}", book=BOOK, passing=passing, months=(first, last)
        )

    return CareerRun(
        compiled("spell", spell_sums), compiled("state", last_years), compiled("person", retired)
    )


def _quoted(dialect: Dialect, *names: str) -> list[str]:
    mark = '"' if dialect == "duckdb" else "`"
    return [f"{mark}{name}{mark}" for name in names]


def _wages_by_year(scale: CareerRunScale) -> tuple[int, ...]:
    return _by_year(scale, wage_adjustment.on(scale.day).function)


def _incomes_by_year(scale: CareerRunScale) -> tuple[int, ...]:
    return _by_year(scale, income_adjustment.on(scale.day).function)


@lru_cache(maxsize=1024)
def _by_year(scale: CareerRunScale, coefficient: Any) -> tuple[int, ...]:
    """Hệ số của mỗi năm, hundredths; 0 for a year that has none."""
    found = []
    for year in range(EARLIEST // 12, LATEST // 12 + 1):
        try:
            found.append(int(coefficient(year, scale) * HUNDREDTHS))
        except KeyError:
            found.append(0)
    return tuple(found)


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
    """Các mức lương cơ sở: each with the month from which it holds."""
    return tuple((Month.of(one.period.since).index, int(one.value)) for one in CAREERS.base_salary.values)

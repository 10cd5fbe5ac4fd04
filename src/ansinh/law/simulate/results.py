"""Kết quả thử: winners, losers and the cost by fund and year, by sex, age and wage group.

Reads the table ``compared``: what each side awards a person (``before_``, ``after_``): ``pension`` a month,
``health`` paid on it a month, ``lump_sum`` on retirement, ``one_time`` for who has no pension. Costs are
those of the people in the file at the amounts first awarded: no deaths, no later increases are supposed.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ansinh.kernel.rounding import half_up

__all__ = ["Cost", "Group", "Results", "Share", "results"]

AGES = ((0, 54, "dưới 55", "under 55"), (55, 57, "55-57", "55-57"), (58, 59, "58-59", "58-59"),
        (60, 61, "60-61", "60-61"), (62, 200, "từ 62", "62 and over"))  # fmt: skip
FIFTHS = 5

OUTCOME = """
    CASE WHEN before_pension = 0 AND after_pension > 0 THEN 'newly_pensioned'
         WHEN before_pension > 0 AND after_pension = 0 THEN 'pension_lost'
         WHEN after_pension > before_pension THEN 'higher'
         WHEN after_pension < before_pension THEN 'lower'
         WHEN after_lump_sum + after_one_time > before_lump_sum + before_one_time THEN 'higher'
         WHEN after_lump_sum + after_one_time < before_lump_sum + before_one_time THEN 'lower'
         ELSE 'same' END"""
SIDES = ("before", "after")
MEAN = "CAST(coalesce(sum({0}_pension) // nullif(count(*) FILTER ({0}_pension > 0), 0), 0) AS BIGINT)"
PENSION = ("quỹ hưu trí và tử tuất", "pension and survivors fund")
HEALTH = ("quỹ bảo hiểm y tế thu từ quỹ hưu trí", "paid into the health fund by the pension fund")


@dataclass(frozen=True, slots=True)
class Share:
    """Một nhóm người: how many, how many win and lose, and the mean pension of each side (dong)."""

    vi: str
    en: str
    people: int
    newly_pensioned: int
    higher: int
    same: int
    lower: int
    pension_lost: int
    before_mean: int
    after_mean: int

    @property
    def winners(self) -> int:
        """Số người được lợi."""
        return self.newly_pensioned + self.higher

    @property
    def losers(self) -> int:
        """Số người bị thiệt."""
        return self.lower + self.pension_lost

    def part(self, count: int) -> Fraction:
        """Phần của nhóm; 0 of an empty group."""
        return Fraction(count, self.people) if self.people else Fraction(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Một cách chia: sex, age or wage, with its shares in order."""

    name: str
    vi: str
    en: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """Chi của một quỹ trong một năm: dong, by each side; of the health fund what it takes in."""

    fund: str
    vi: str
    en: str
    year: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Results:
    """Kết quả cả dân số: the whole, the groups, the costs."""

    whole: Share
    groups: tuple[Group, ...]
    costs: tuple[Cost, ...]


def results(con: Any, years: int) -> Results:
    """Tổng hợp bảng ``compared``: for `years` calendar years from the first pension month of the file."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT *, {OUTCOME} AS outcome, ntile({FIFTHS}) OVER (ORDER BY average_wage, person_id) AS fifth,
            (month - birth) // 12 AS age FROM compared""")
    (whole,) = _shares(con, "0", [(0, "tất cả", "everybody")])
    return Results(whole, tuple(_groups(con)), tuple(_costs(con, years)))


def _groups(con: Any) -> list[Group]:
    sexes = [(1, "nam", "men"), (2, "nữ", "women")]
    ages = [(number, vi, en) for number, (_low, _high, vi, en) in enumerate(AGES)]
    banded = " ".join(f"WHEN age BETWEEN {low} AND {high} THEN {n}" for n, (low, high, *_) in enumerate(AGES))
    bounds = {
        row[0]: row[1]
        for row in con.execute("SELECT fifth, max(average_wage) FROM judged GROUP BY fifth").fetchall()
    }
    wages = [
        (n, f"nhóm {n}: đến {_millions(bounds[n])} triệu", f"fifth {n}: up to {_millions(bounds[n])} million")
        for n in range(1, FIFTHS + 1)
        if n in bounds
    ]
    return [
        Group("sex", "Giới tính", "Sex", tuple(_shares(con, "sex", sexes))),
        Group("age", "Tuổi khi hưởng", "Age at the start", tuple(_shares(con, f"CASE {banded} END", ages))),
        Group("wage", "Mức bình quân tiền lương", "Average wage", tuple(_shares(con, "fifth", wages))),
    ]


def _shares(con: Any, key: str, names: list[tuple[int, str, str]]) -> list[Share]:
    counts = ", ".join(
        f"count(*) FILTER (outcome = '{one}')"
        for one in ("newly_pensioned", "higher", "same", "lower", "pension_lost")
    )
    rows = con.execute(f"""
        SELECT {key} AS k, count(*), {counts},
            {", ".join(MEAN.format(side) for side in SIDES)}
        FROM judged GROUP BY k""").fetchall()
    found = {row[0]: row[1:] for row in rows}
    return [Share(vi, en, *found[k]) for k, vi, en in names if k in found]


def _costs(con: Any, years: int) -> list[Cost]:
    """Chi theo quỹ: pensions, sums paid once, and the health contribution that the fund pays on a pension."""
    (start,) = con.execute("SELECT min(month) // 12 FROM judged").fetchall()[0]
    if start is None:
        return []
    found = []
    for year in range(start, start + years):
        months = f"greatest(0, least(12, {year * 12 + 12} - month))"
        once = f"(month // 12 = {year})::INTEGER"
        sums = [
            f"sum({side}_pension * {months} + ({side}_lump_sum + {side}_one_time) * {once}), "
            f"sum({side}_health * {months})"
            for side in SIDES
        ]
        row = con.execute(f"SELECT {', '.join(sums)} FROM judged").fetchall()[0]
        before, before_health, after, after_health = (int(value or 0) for value in row)
        found.append(Cost("pension_survivors", *PENSION, year, before + before_health, after + after_health))
        found.append(Cost("health", *HEALTH, year, before_health, after_health))
    return found


def _millions(value: int) -> str:
    tenths = half_up(Fraction(value, 10**5))
    return f"{tenths // 10},{tenths % 10}"

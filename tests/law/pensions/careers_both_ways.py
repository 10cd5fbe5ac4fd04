"""Quá trình ngẫu nhiên: careers with every kind of spell, and what the plain functions give each of them."""

from collections import defaultdict
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import contributions, one_time, pensions
from ansinh.law.careers import Career, Scheme, Sector, Spell, average_wage
from ansinh.law.one_time import contributed_years
from ansinh.law.pensions.columns import PRIVATE, SPLIT, STATE, VOLUNTARY
from ansinh.law.retirement import Group
from ansinh.law.simulate.population import synthetic

VOLUNTARY_BEGAN = Month(2008, 1).index
SCHEMES = {
    PRIVATE: (Scheme.COMPULSORY, Sector.PRIVATE),
    STATE: (Scheme.COMPULSORY, Sector.STATE),
    VOLUNTARY: (Scheme.VOLUNTARY, None),
}


def mixed(con, people, seed, *, first, last):
    """As `synthetic`, but some careers are short, begin from 2016, change kinds in any order or are ill paid."""
    synthetic(con, people, seed, first=first, last=last)
    con.execute(f"""
        CREATE OR REPLACE TABLE spells AS
        SELECT person_id, "first", "last", kind, CASE WHEN kind = {STATE} THEN 0 ELSE wage END AS wage,
            CASE WHEN kind = {STATE} THEN multiple_milli ELSE 0 END::INTEGER AS multiple_milli
        FROM (
            SELECT person_id, "first", "last", CASE WHEN person_id % 5 = 0 THEN 100000 + turn * 100
                    ELSE greatest(wage, 1500000 + turn * 12345) END AS wage,
                greatest(multiple_milli, 1860 + (turn % 4000))::INTEGER AS multiple_milli,
                CASE WHEN person_id % 3 > 0 THEN kind
                     WHEN turn % 3 = {VOLUNTARY} AND "first" < {VOLUNTARY_BEGAN} THEN {STATE}
                     ELSE turn % 3 END::SMALLINT AS kind
            FROM (
                SELECT *, (hash(person_id * 31 + "first" + {seed}) >> 40)::BIGINT % 5000 AS turn,
                    row_number() OVER (PARTITION BY person_id ORDER BY "first" DESC) AS place
                FROM spells
            )
            WHERE CASE person_id % 4 WHEN 1 THEN place <= 1 + person_id % 3
                       WHEN 2 THEN "first" >= {Month(2016, 1).index} OR place = 1 ELSE TRUE END
        )""")


def plain(con):
    """(person_id, and the fields of `Retired`) of everybody, by the functions for one person."""
    spells = defaultdict(list)
    for row in con.execute("SELECT * FROM spells").fetchall():
        spells[row[0]].append(row[1:])
    people = con.execute("SELECT person_id, sex, month FROM people").fetchall()
    return sorted(
        (person_id, *retired(sex, Month.from_index(month), spells[person_id]))
        for person_id, sex, month in people
    )


def retired(sex, month, rows):
    """Chế độ của một người: what the calculators do, clause by clause."""
    career = Career.of(_spell(*row) for row in rows)
    months, compulsory = len(career.months()), len(career.months(Scheme.COMPULSORY))
    wage = average_wage(career, month).average_wage
    scale = pensions.BOOK.on(month)
    eligible = months >= pensions.required_months.on(month)(sex, Group.EMPLOYEE, compulsory, scale)
    if not eligible:
        return months, wage, False, 0, 0, False, 0, 0, _once(career, months, wage, month)
    begun = min(month.index for month in career.months(Scheme.COMPULSORY) or career.months())
    claim = pensions.Claim(
        month.index,
        sex,
        Group.EMPLOYEE,
        compulsory,
        months - compulsory,
        0,
        wage,
        begun < Month(2025, 7).index,
    )
    found = pensions.award(claim, scale)
    full = half_up(pensions.full_rate_months.on(month)(sex, scale))
    more = pensions.excess.on(month)(months, months, full, scale)
    lump = pensions.lump_sum(pensions.lump_sum_months(more.excess_years, more.late_years, scale), wage)
    health = half_up(found.pension * contributions.BOOK.on(month).health_rate)
    return (
        months, wage, True, half_up(found.rate * 10_000), found.pension, found.minimum_applied, lump, health, 0
    )  # fmt: skip


def _once(career, months, wage, month):
    scale = one_time.BOOK.on(month)
    if months < 12:
        return one_time.under_a_year(one_time.paid_in.on(month)(months, Fraction(wage), scale), wage, scale)
    before = sum(1 for one in career.months() if one.index < SPLIT)
    years = contributed_years.on(month)(months, before, scale)
    return one_time.sum_by_years(one_time.average_months.on(month)(years, scale), Fraction(wage))


def _spell(first, last, kind, wage, multiple_milli):
    scheme, sector = SCHEMES[kind]
    state = kind == STATE
    return Spell(
        Month.from_index(first),
        Month.from_index(last),
        wage=None if state else wage,
        coefficient=Fraction(multiple_milli, 1000) if state else None,
        scheme=scheme,
        sector=sector,
    )

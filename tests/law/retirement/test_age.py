"""Tuổi nghỉ hưu: what holds for every date of birth, and columns as the plain function."""

from datetime import date
from typing import Annotated, NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law.engine import NotInForce, Scale
from ansinh.law.engine.columns import Column, compile_columns
from ansinh.law.retirement import BOOK, Conditions, Group, Sex, age, lower_age, retirement_age, year_age
from ansinh.law.retirement.age import age_by, former_age, ladder_age

births = st.integers(Month(1962, 1).index, Month(1999, 12).index).map(Month.from_index)
sexes = st.sampled_from(Sex)
conditions = st.sampled_from(Conditions)
groups = st.sampled_from(Group)


@given(sexes, births, conditions, groups)
def test_the_age_is_the_one_of_the_year_in_which_it_is_reached(sex, born, work, group):
    found = retirement_age(sex, born, conditions=work, group=group, on=date(2026, 1, 1))
    assert found.start == found.reached + 1
    if found.reached < Month(2021, 1):
        return
    assert found.reached == born + found.months or work == Conditions.COAL_UNDERGROUND
    scale = BOOK.on(found.reached)
    lower = lower_age(sex, group, work, False, scale)
    assert found.months <= year_age(sex, found.reached.year, scale) - lower


@given(sexes, births, conditions)
def test_who_is_younger_retires_later(sex, born, work):
    one = retirement_age(sex, born, conditions=work, on=date(2026, 1, 1))
    next_one = retirement_age(sex, born + 1, conditions=work, on=date(2026, 1, 1))
    assert next_one.start >= one.start
    assert next_one.months >= one.months or work == Conditions.COAL_UNDERGROUND


@given(sexes, births, groups)
def test_harder_work_and_a_region_never_raise_the_age(sex, born, group):
    plain, heavy, coal = (
        retirement_age(sex, born, conditions=work, group=group, on=date(2026, 1, 1))
        for work in (Conditions.NORMAL, Conditions.HEAVY, Conditions.COAL_UNDERGROUND)
    )
    region = retirement_age(sex, born, region=True, group=group, on=date(2026, 1, 1))
    assert coal.start <= heavy.start == region.start <= plain.start


def test_the_day_of_birth_does_not_matter():
    assert retirement_age(Sex.FEMALE, date(1970, 8, 31)) == retirement_age(Sex.FEMALE, Month(1970, 8))


def test_women_in_coal_mines_between_two_laws():
    # 45 to under 50 years old when the age fell by five years more, in 2021.
    found = retirement_age(Sex.FEMALE, Month(1972, 6), conditions=Conditions.COAL_UNDERGROUND)
    assert found.reached == Month(2021, 1)


def test_an_age_reached_before_2016():
    with pytest.raises(NotInForce):
        retirement_age(Sex.MALE, Month(1955, 12))
    assert retirement_age(Sex.MALE, Month(1955, 12), on=date(2016, 1, 1)).reached == Month(2015, 12)


def test_by_the_law_of_a_day():
    born = Month(1965, 6)
    assert age_by(Sex.MALE, born, 0, date(2020, 12, 31)) == former_age(Sex.MALE, born, 0)
    assert age_by(Sex.MALE, born, 0, date(2021, 1, 1)) == ladder_age(Sex.MALE, born, 0)


class Person(NamedTuple):
    """Một dòng."""

    month: Annotated[
        int, Column("INTEGER", Month(2021, 1).index, Month(2040, 12).index, "tháng xét", key=True)
    ]
    sex: Annotated[int, Column("SMALLINT", 1, 2, "giới tính", key=True)]
    born: Annotated[int, Column("INTEGER", Month(1930, 1).index, Month(2010, 12).index, "tháng sinh")]
    worker_group: Annotated[int, Column("SMALLINT", 1, 5, "nhóm", key=True)]
    conditions: Annotated[int, Column("SMALLINT", 0, 3, "điều kiện lao động", key=True)]
    region: Annotated[bool, Column("BOOLEAN", 0, 1, "nơi có phụ cấp 0,7", key=True)]


class Found(NamedTuple):
    """Kết quả."""

    months: int


def run(person: Person, scale: Scale) -> Found:
    """Tuổi nghỉ hưu của một dòng."""
    lower = lower_age(person.sex, person.worker_group, person.conditions, person.region, scale)
    return Found(months=age.on(person.month)(person.sex, person.born, lower, scale))


PROGRAM = compile_columns(run, name="test_retirement_age", book=BOOK)

people = st.builds(
    Person,
    month=st.integers(Month(2021, 1).index, Month(2040, 12).index),
    sex=st.integers(1, 2),
    born=st.integers(Month(1930, 1).index, Month(2010, 12).index),
    worker_group=st.integers(1, 5),
    conditions=st.integers(0, 3),
    region=st.booleans(),
)


@given(st.lists(people, min_size=1, max_size=50))
@settings(max_examples=25)
def test_columns_equal_the_plain_function(rows):
    with duckdb.connect() as con:
        columns = ", ".join(f"{name} {column.type}" for name, column in PROGRAM.inputs.items())
        con.execute(f"CREATE TABLE facts ({columns})")
        con.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(PROGRAM.inputs))})", rows)
        got = [row[0] for row in PROGRAM.run(con).fetchall()]
    assert sorted(got) == sorted(run(row, BOOK.on(row.month)).months for row in rows)

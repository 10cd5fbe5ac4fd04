"""Tuổi nghỉ hưu: the age by sex and month of birth, and how much lower it is by conditions and group.

Ages are months, months are indices (year * 12 + month - 1). The age that applies is the one of the year in
which it is reached; once reached it stays so. The clauses keep to what columns can hold; `retirement_age`
joins them for one person of any date of birth.
"""

from datetime import date
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.engine import NotInForce, explain, provision, versions
from ansinh.law.retirement.book import BOOK, RetirementScale
from ansinh.law.retirement.facts import ARMED, Conditions, Group, Sex

LADDER = Month(2021, 1)
"""Tháng đầu của lộ trình (Bộ luật Lao động 2019 Điều 169)."""

LAST_BEFORE = LADDER - 1
"""Tháng cuối trước lộ trình."""

FIRST_DAY = date(2016, 1, 1)


class RetirementAge(NamedTuple):
    """Tuổi nghỉ hưu: months of age, the month in which it is reached, and the first month of pension."""

    months: int
    reached: Month
    start: Month


@provision(
    "retirement.age",
    clause="58/2014/QH13, Điều 54, Điều 73 khoản 1 điểm a",
    since="2016-01-01",
    until="2020-12-31",
    term="tuổi nghỉ hưu",
)
def age_2014(sex: int, born_index: int, lower: int, scale: RetirementScale) -> int:  # noqa: ARG001 - as its second version
    """Men 60, women 55, less the months by which it may be lower."""
    age: int = scale.former_age[sex] - lower
    return age


@provision(
    "retirement.age",
    clause="45/2019/QH14, Điều 169 khoản 2, 3; 135/2020/NĐ-CP, Điều 4, Điều 5, Điều 7 khoản 2",
    since="2021-01-01",
    term="tuổi nghỉ hưu",
)
def age_2019(sex: int, born_index: int, lower: int, scale: RetirementScale) -> int:
    """From 60 years 3 months and 55 years 4 months in 2021, 3 and 4 months a year up to 62 and 60.

    Who reached the former age by 12/2020 keeps it. A year later of birth is a step less than a year later of
    retirement: each step of the ladder is as many months of birth as remain of 12.
    """
    former: int = scale.former_age[sex] - lower
    late = born_index + former - scale.ladder_first_year * 12
    if late < 0:
        return former
    step = scale.ladder_step[sex]
    steps = max(late, 0) // (12 - step)
    highest: int = scale.ladder_highest_age[sex]
    age: int = scale.ladder_first_age[sex] + steps * step
    return min(age, highest) - lower


age = versions(age_2014, age_2019)


@provision(
    "retirement.lower_age",
    clause="58/2014/QH13, Điều 54 khoản 1, 2; 45/2019/QH14, Điều 169 khoản 3, Điều 219 khoản 1; "
    "41/2024/QH15, Điều 64 khoản 1, 2",
    since="2016-01-01",
    term="số tháng tuổi thấp hơn tuổi nghỉ hưu",
)
def lower_age(sex: int, worker_group: int, conditions: int, region: bool, scale: RetirementScale) -> int:
    """Months below the retirement age: hazardous work or region, underground coal, the armed forces.

    `conditions` and `region` are those in which the person worked the years the law asks for.
    """
    hazardous = region or conditions != Conditions.NORMAL
    lower: int = scale.lower_hazardous if hazardous else 0
    if worker_group in ARMED:
        armed: int = scale.lower_armed
        return armed + lower
    if conditions == Conditions.COAL_UNDERGROUND:
        coal: int = scale.lower_coal[sex]
        return coal
    return lower


def retirement_age(
    sex: Sex,
    birth: date | Month,
    *,
    conditions: Conditions = Conditions.NORMAL,
    region: bool = False,
    group: Group = Group.EMPLOYEE,
    on: date | None = None,
) -> RetirementAge:
    """Tuổi nghỉ hưu của một người: by the law of the month in which it is reached.

    `conditions` and `region` as in `lower_age`. Raises `NotInForce` for an age reached before 2016, unless it
    is asked `on` a later day.

    >>> retirement_age(Sex.MALE, date(1961, 10, 31))
    RetirementAge(months=726, reached=Month(year=2022, month=4), start=Month(year=2022, month=5))
    >>> retirement_age(Sex.FEMALE, Month(1965, 12)).months
    660
    """
    born = birth if isinstance(birth, Month) else Month.of(birth)
    with explain():
        former = lower_age(sex, group, conditions, region, BOOK.on(LAST_BEFORE))
    on_ladder = reached_on_ladder(sex, born, former)
    lower = lower_age(sex, group, conditions, region, BOOK.on(LADDER if on_ladder else LAST_BEFORE))
    return ladder_age(sex, born, lower) if on_ladder else former_age(sex, born, lower, on)


def reached_on_ladder(sex: Sex, born: Month, lower: int) -> bool:
    """Chưa đủ tuổi khi lộ trình bắt đầu: whether the former age is not reached before 2021."""
    with explain():  # a look ahead, not a step of the answer
        return former_age(sex, born, lower, FIRST_DAY).reached >= LADDER


def former_age(sex: Sex, born: Month, lower: int, on: date | None = None) -> RetirementAge:
    """Tuổi nghỉ hưu trước lộ trình: `lower` months below 60 and 55, by the law of the month it is reached.

    Raises `NotInForce` for an age reached before 2016, unless it is asked `on` a later day.
    """
    law = LAST_BEFORE.first_day
    reached = born + age.on(law)(sex, born.index, lower, BOOK.on(law))
    if reached.first_day < FIRST_DAY and (on is None or on < FIRST_DAY):
        raise NotInForce(age.id, reached.first_day)
    return RetirementAge(reached - born, reached, reached + 1)


def ladder_age(sex: Sex, born: Month, lower: int) -> RetirementAge:
    """Tuổi nghỉ hưu theo lộ trình: `lower` months below it."""
    months = age.on(LADDER)(sex, born.index, lower, BOOK.on(LADDER))
    # Women in coal mines, of age at once by the lower age of 2021, are not of age before it.
    reached = max(born + months, LADDER)
    return RetirementAge(months, reached, reached + 1)


def age_by(sex: Sex, born: Month, lower: int, on: date) -> RetirementAge:
    """Tuổi nghỉ hưu theo quy định của ngày `on`: who reached the former age before the ladder keeps it."""
    if on >= LADDER.first_day and reached_on_ladder(sex, born, lower):
        return ladder_age(sex, born, lower)
    return former_age(sex, born, lower, on)

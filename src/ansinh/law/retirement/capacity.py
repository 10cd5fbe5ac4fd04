"""Suy giảm khả năng lao động: at what age and after how many years a pension is drawn before the age.

The age is the one of the year of retirement (59/2015/TT-BLĐTBXH Điều 16; 45/2019/QH14 Điều 169 khoản 3: "tại
thời điểm nghỉ hưu"), so it must be reached in a month from the conclusion on.
"""

from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.retirement.book import BOOK, RetirementScale
from ansinh.law.retirement.facts import ARMED, CapacityLoss, Insured, Requirement

FIRST_MONTH = Month(2016, 1)
ANY_AGE = 0


@provision(
    "retirement.year_age",
    clause="45/2019/QH14, Điều 169 khoản 2; 135/2020/NĐ-CP, Điều 4 khoản 2",
    since="2021-01-01",
    term="tuổi nghỉ hưu của một năm",
)
def year_age(sex: int, retirement_year: int, scale: RetirementScale) -> int:
    """Retirement age of those who retire in a year of the ladder."""
    highest: int = scale.ladder_highest_age[sex]
    climbed: int = scale.ladder_first_age[sex] + scale.ladder_step[sex] * (
        retirement_year - scale.ladder_first_year
    )
    return min(climbed, highest)


@provision(
    "retirement.capacity_age",
    clause="58/2014/QH13, Điều 55; 59/2015/TT-BLĐTBXH, Điều 16; "
    "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 14 khoản 3",
    since="2016-01-01",
    until="2020-12-31",
    term="tuổi hưởng lương hưu khi suy giảm khả năng lao động",
)
def capacity_age_2014(
    insured: Insured,
    loss_rate: Fraction,
    retirement_year: int,  # noqa: ARG001 - as the other version
    scale: RetirementScale,
) -> int:
    """Men 51 and women 46 in 2016, a year more each year up to 55 and 50 in 2020.

    At 50 and 45 with a loss of 81% or in the armed forces; at any age after 15 years of extremely heavy work.
    """
    if _extremely_heavy(insured, scale):
        return ANY_AGE
    grave = loss_rate >= scale.capacity_loss_grave or insured.worker_group in ARMED
    age: int = scale.capacity_age_grave[insured.sex] if grave else scale.capacity_age[insured.sex]
    return age


@provision(
    "retirement.capacity_age",
    clause="45/2019/QH14, Điều 169 khoản 3, Điều 219 khoản 1 điểm b; 41/2024/QH15, Điều 65; "
    "06/2021/TT-BLĐTBXH, Điều 1; 88/2025/TT-BCA, Điều 12 khoản 2",
    since="2021-01-01",
    term="tuổi hưởng lương hưu khi suy giảm khả năng lao động",
)
def capacity_age_2019(
    insured: Insured, loss_rate: Fraction, retirement_year: int, scale: RetirementScale
) -> int:
    """5 years below the age of the year of retirement, 10 with a loss of 81% or in the armed forces."""
    if _extremely_heavy(insured, scale):
        return ANY_AGE
    grave = loss_rate >= scale.capacity_loss_grave or insured.worker_group in ARMED
    lower: int = scale.capacity_lower_grave if grave else scale.capacity_lower
    return year_age(insured.sex, retirement_year, scale) - lower


capacity_age = versions(capacity_age_2014, capacity_age_2019)


@provision(
    "retirement.capacity_requirement",
    clause="58/2014/QH13, Điều 55, Điều 71 khoản 1 điểm a; 115/2015/NĐ-CP, Điều 11 khoản 5 điểm a; "
    "41/2024/QH15, Điều 65, Điều 111 khoản 1 điểm a; 159/2025/NĐ-CP, Điều 11 khoản 2 điểm b",
    since="2016-01-01",
    term="điều kiện hưởng lương hưu khi suy giảm khả năng lao động",
)
def capacity_requirement(insured: Insured, age: int, scale: RetirementScale) -> Requirement:
    """20 years of compulsory contributions, at `age`."""
    return Requirement(scale.capacity_required_years * 12, insured.compulsory, 0, age)


@provision(
    "retirement.capacity_age_2006",
    clause="115/2015/NĐ-CP, Điều 28 khoản 2; 59/2015/TT-BLĐTBXH, Điều 39 khoản 3, 4; "
    "3432/LĐTBXH-BHXH, điểm 3a",
    since="2016-01-01",
    until="2016-01-31",
    term="tuổi hưởng lương hưu khi suy giảm khả năng lao động theo quy định trước 2016",
)
def capacity_age_2006(insured: Insured, loss: CapacityLoss, scale: RetirementScale) -> int | None:
    """50 and 45 for those born by 1965 and 1970 with a conclusion before 2016; None for the others.

    At any age after 15 years of extremely heavy work.
    Only where the pension begins in 01/2016; later ones are by the law of 2014.
    """
    if loss.concluded is None or loss.concluded >= FIRST_MONTH:
        return None
    if _extremely_heavy(insured, scale):
        return ANY_AGE
    if insured.born.year > scale.law_2006_born_by[insured.sex]:
        return None
    age: int = scale.law_2006_capacity_age[insured.sex]
    return age


def month_of_age(insured: Insured, rate: Fraction, since: Month) -> tuple[Month, int]:
    """Tháng đủ tuổi khi suy giảm: the first month from `since` on in which the age of its year is reached.

    Returns the month and that age.
    """
    month = max(since, FIRST_MONTH)
    while True:
        age = capacity_age.on(month)(insured, rate, month.year, BOOK.on(month))
        reached = max(month, insured.born + age)
        if reached.year == month.year:
            return reached, age
        month = reached


def _extremely_heavy(insured: Insured, scale: RetirementScale) -> bool:
    enough: bool = insured.hazard.extremely_heavy >= scale.hazard_years * 12
    return enough

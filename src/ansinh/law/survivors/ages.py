"""Tuổi của thân nhân: at the end of the month of the death, and the age at which an adult is entitled.

Ages are taken at the end of the month, so that months of birth decide; who is known by whole years of age
only, and is within a year of the limit, is asked for the month of birth.
"""

from ansinh.kernel.months import Month
from ansinh.law.engine import provision
from ansinh.law.retirement import Sex, retirement_age
from ansinh.law.survivors.book import SurvivorsScale
from ansinh.law.survivors.facts import FactNeededError, Relative


def has_reached(relative: Relative, age: int, month: Month) -> bool:
    """Đủ tuổi: an age in years, by the end of the month. Raises `FactNeededError` where none is told."""
    if relative.born is not None:
        return relative.born + age * 12 <= month
    if relative.age_years is None:
        raise FactNeededError("birth")
    return relative.age_years >= age


@provision(
    "survivors.elder",
    clause="58/2014/QH13, Điều 67 khoản 2 điểm b, c; 59/2015/TT-BLĐTBXH, Điều 25 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="đủ tuổi hưởng tuất hằng tháng",
)
def elder_2014(relative: Relative, sex: Sex, month: Month, scale: SurvivorsScale) -> bool:
    """Women from 55, men from 60."""
    return has_reached(relative, scale.elder_age[sex], month)


@provision(
    "survivors.elder",
    clause=(
        "41/2024/QH15, Điều 86 khoản 2 điểm c, d; 45/2019/QH14, Điều 169 khoản 2; "
        "12/2025/TT-BNV, Điều 18 khoản 2 điểm a"
    ),
    since="2025-07-01",
    term="đủ tuổi hưởng tuất hằng tháng",
)
def elder_2024(relative: Relative, sex: Sex, month: Month) -> bool:
    """Women and men at the retirement age in normal conditions."""
    if relative.born is not None:
        return _retired(sex, relative.born, month)
    if relative.age_years is None:
        raise FactNeededError("birth")
    youngest = month - relative.age_years * 12
    if _retired(sex, youngest, month):
        return True
    if not _retired(sex, youngest - 12 + 1, month):
        return False
    raise FactNeededError("birth")


def _retired(sex: Sex, born: Month, month: Month) -> bool:
    return retirement_age(sex, born, on=month.first_day).reached <= month

"""Nghỉ hưu trước tuổi do suy giảm khả năng lao động: the reference age and what the rate loses.

The reference age is that of the year in which the pension begins; age is counted to the day on the first day
of the first pension month. The texts fix neither more exactly for a pension that begins on 1 January.
"""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.retirement import lower_age


@provision(
    "pensions.reference_age",
    clause="115/2015/NĐ-CP, Điều 7 khoản 3; 33/2016/NĐ-CP, Điều 9 khoản 3; 58/2014/QH13, Điều 54 khoản 1, 2",
    since="2016-01-01",
    until="2020-12-31",
    term="mốc tuổi tính số năm nghỉ hưu trước tuổi",
)
def reference_age_2014(
    retirement_year: int,  # noqa: ARG001 - as its later versions
    sex: int,
    worker_group: int,
    conditions: int,
    region: bool,
    scale: PensionsScale,
) -> int:
    """Months of age: 60 and 55 years; 55 and 50 for hard work; 50 for underground coal.

    Armed forces 55 and 50, for hard work 50 and 45. `scale` is of the book of retirement ages.
    """
    age: int = scale.former_age[sex] - lower_age(sex, worker_group, conditions, region, scale)
    return age


@provision(
    "pensions.reference_age",
    clause="135/2020/NĐ-CP, Điều 7 khoản 3; 45/2019/QH14, Điều 169, Điều 219; 59/2015/TT-BLĐTBXH, Điều 16",
    since="2021-01-01",
    until="2025-06-30",
    term="mốc tuổi tính số năm nghỉ hưu trước tuổi",
)
def reference_age_2020(
    retirement_year: int, sex: int, worker_group: int, conditions: int, region: bool, scale: PensionsScale
) -> int:
    """The age of the year of retirement; 5 years less for hard work, 10 for coal; armed forces 5 or 10."""
    return _age_of_year(retirement_year, sex, scale) - lower_age(sex, worker_group, conditions, region, scale)


@provision(
    "pensions.reference_age",
    clause="158/2025/NĐ-CP, Điều 13 khoản 2; 41/2024/QH15, Điều 64, Điều 66 khoản 3; 88/2025/TT-BCA, Điều 12",
    since="2025-07-01",
    term="mốc tuổi tính số năm nghỉ hưu trước tuổi",
)
def reference_age_2024(
    retirement_year: int, sex: int, worker_group: int, conditions: int, region: bool, scale: PensionsScale
) -> int:
    """The age of the year of retirement; 5 years less for hard work, 10 for coal; armed forces 5 or 10."""
    return _age_of_year(retirement_year, sex, scale) - lower_age(sex, worker_group, conditions, region, scale)


reference_age = versions(reference_age_2014, reference_age_2020, reference_age_2024)


def _age_of_year(year: int, sex: int, scale: PensionsScale) -> int:
    """Tuổi nghỉ hưu của một năm trong lộ trình."""
    age: int = scale.ladder_first_age[sex] + scale.ladder_step[sex] * (year - scale.ladder_first_year)
    highest: int = scale.ladder_highest_age[sex]
    return min(age, highest)


@provision(
    "pensions.hard_work_counts",
    clause="58/2014/QH13, Điều 54 khoản 1, 2; 41/2024/QH15, Điều 64; 158/2025/NĐ-CP, Điều 13 khoản 2",
    since="2016-01-01",
    term="đủ thời gian làm công việc nặng nhọc, vùng đặc biệt khó khăn",
)
def hard_work_counts(conditions_months: int, scale: PensionsScale) -> bool:
    """Hard work, underground coal or a hard region lower the age from 15 years on."""
    counts: bool = conditions_months >= scale.hard_work_months
    return counts


@provision(
    "pensions.early_months",
    clause="59/2015/TT-BLĐTBXH, Điều 39 khoản 3; 71/2006/QH11, Điều 52",
    since="2007-01-01",
    until="2015-12-31",
    term="thời gian nghỉ hưu trước tuổi",
)
def early_months_2006(reference_age: int, age_months: int, odd_days: bool) -> int:  # noqa: ARG001 - as its later version
    """Reference age less the years of age completed: odd months of age are left out."""
    return max(reference_age - age_months // 12 * 12, 0)


@provision(
    "pensions.early_months",
    clause="58/2014/QH13, Điều 56 khoản 3; 59/2015/TT-BLĐTBXH, Điều 17 khoản 1; "
    "41/2024/QH15, Điều 66 khoản 3",
    since="2016-01-01",
    term="thời gian nghỉ hưu trước tuổi",
)
def early_months_2014(reference_age: int, age_months: int, odd_days: bool) -> int:
    """Full months from the first pension day to the reference age, counted to the day."""
    return max(reference_age - age_months - int(odd_days), 0)


early_months = versions(early_months_2006, early_months_2014)


@provision(
    "pensions.reduction",
    clause="71/2006/QH11, Điều 52; 59/2015/TT-BLĐTBXH, Điều 39 khoản 3",
    since="2007-01-01",
    until="2015-12-31",
    term="tỷ lệ giảm do nghỉ hưu trước tuổi",
)
def reduction_2006(early_months: int, scale: PensionsScale) -> Fraction:
    """1% for each year."""
    lost: Fraction = scale.early_yearly_reduction * (early_months // 12)
    return lost


@provision(
    "pensions.reduction",
    clause="58/2014/QH13, Điều 56 khoản 3; 33/2016/NĐ-CP, Điều 9 khoản 4; "
    "59/2015/TT-BLĐTBXH, Điều 17 khoản 1; 06/2021/TT-BLĐTBXH, Điều 1 khoản 15",
    since="2016-01-01",
    until="2025-06-30",
    term="tỷ lệ giảm do nghỉ hưu trước tuổi",
)
def reduction_2014(early_months: int, scale: PensionsScale) -> Fraction:
    """2% for each year; odd time of 6 months or more 1%, less nothing.

    The law speaks of the odd months of age (up to 6: 1%, more: nothing), the circular of 2021 of the odd
    months before the reference age (under 6: nothing, from 6: 1%): the same for an age in whole years.
    """
    return _lost(early_months, scale)


@provision(
    "pensions.reduction",
    clause="41/2024/QH15, Điều 66 khoản 3",
    since="2025-07-01",
    term="tỷ lệ giảm do nghỉ hưu trước tuổi",
)
def reduction_2024(early_months: int, scale: PensionsScale) -> Fraction:
    """2% for each year; under 6 months nothing, from 6 to under 12 months 1%."""
    return _lost(early_months, scale)


reduction = versions(reduction_2006, reduction_2014, reduction_2024)


def _lost(early_months: int, scale: PensionsScale) -> Fraction:
    lost: Fraction = scale.early_yearly_reduction * (early_months // 12)
    if early_months % 12 >= scale.early_half_months:
        lost = lost + scale.early_half_reduction
    return lost

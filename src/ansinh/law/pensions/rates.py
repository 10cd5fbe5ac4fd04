"""Tỷ lệ hưởng lương hưu: a share of the average wage by years contributed, from the law of 2006 to today.

Years come counted for an amount (odd months as half or whole years, `careers.years`). Everything here stays
in what the column compiler takes: a run over many careers compiles these same functions. Fewer years than a
pension needs are refused before (`required_months`); here they lose nothing of the first rate.
"""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.pensions.book import PensionsScale
from ansinh.law.retirement import Group, Sex


@provision(
    "pensions.base_years",
    clause="71/2006/QH11, Điều 52; 59/2015/TT-BLĐTBXH, Điều 39 khoản 3",
    since="2007-01-01",
    until="2015-12-31",
    term="số năm đóng tương ứng tỷ lệ 45%",
)
def base_years_2006(sex: int, scale: PensionsScale) -> int:
    """Fifteen years for everybody."""
    return _base_years(sex, scale)


@provision(
    "pensions.base_years",
    clause="58/2014/QH13, Điều 56 khoản 1, 2, Điều 74 khoản 1, 2; 115/2015/NĐ-CP, Điều 7 khoản 2; "
    "33/2016/NĐ-CP, Điều 9 khoản 2; 134/2015/NĐ-CP, Điều 3 khoản 2; 59/2015/TT-BLĐTBXH, Điều 17 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="số năm đóng tương ứng tỷ lệ 45%",
)
def base_years_2014(sex: int, scale: PensionsScale) -> int:
    """Fifteen years; for men who begin to draw in 2018, 2019, 2020, 2021: 16, 17, 18, 19; from 2022: 20."""
    return _base_years(sex, scale)


@provision(
    "pensions.base_years",
    clause="41/2024/QH15, Điều 66 khoản 1, Điều 99 khoản 1",
    since="2025-07-01",
    term="số năm đóng tương ứng tỷ lệ 45%",
)
def base_years_2024(sex: int, scale: PensionsScale) -> int:
    """Fifteen years for women, twenty for men."""
    return _base_years(sex, scale)


base_years = versions(base_years_2006, base_years_2014, base_years_2024)


def _base_years(sex: int, scale: PensionsScale) -> int:
    years: int = scale.women_base_years
    if sex == Sex.MALE:
        years = scale.men_base_years
    return years


@provision(
    "pensions.yearly_rate",
    clause="71/2006/QH11, Điều 52; 58/2014/QH13, Điều 56 khoản 1, 2, Điều 74 khoản 1, 2; "
    "115/2015/NĐ-CP, Điều 7 khoản 2; 41/2024/QH15, Điều 66 khoản 1, Điều 99 khoản 1",
    since="2007-01-01",
    term="tỷ lệ tính thêm cho mỗi năm đóng",
)
def yearly_rate(sex: int, scale: PensionsScale) -> Fraction:
    """2% a year after the base years; for women who begin to draw before 2018, 3%."""
    rate: Fraction = scale.women_yearly_rate
    if sex == Sex.MALE:
        rate = scale.men_yearly_rate
    return rate


@provision(
    "pensions.uncapped_rate",
    clause="71/2006/QH11, Điều 52; 59/2015/TT-BLĐTBXH, Điều 39 khoản 3",
    since="2007-01-01",
    until="2015-12-31",
    term="tỷ lệ lương hưu chưa giới hạn mức tối đa",
)
def uncapped_rate_2006(
    sex: int,
    worker_group: int,  # noqa: ARG001 - as its later versions
    months: int,  # noqa: ARG001 - as its later versions
    counted_years: Fraction,
    base_years: int,
    scale: PensionsScale,
) -> Fraction:
    """45% for fifteen years, then 2% a year for men and 3% for women."""
    extra = max(counted_years - base_years, Fraction(0))
    rate: Fraction = scale.first_rate + yearly_rate(sex, scale) * extra
    return rate


@provision(
    "pensions.uncapped_rate",
    clause="58/2014/QH13, Điều 56 khoản 1, 2, 4, Điều 74 khoản 1, 2; 115/2015/NĐ-CP, Điều 7 khoản 2; "
    "33/2016/NĐ-CP, Điều 9 khoản 2; 134/2015/NĐ-CP, Điều 3 khoản 2; 59/2015/TT-BLĐTBXH, Điều 17 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="tỷ lệ lương hưu chưa giới hạn mức tối đa",
)
def uncapped_rate_2014(
    sex: int, worker_group: int, months: int, counted_years: Fraction, base_years: int, scale: PensionsScale
) -> Fraction:
    """45% for the base years, then 2% a year (3% for women before 2018).

    A commune woman with fifteen to under twenty years earns 2% a year in all years (khoản 4).
    """
    extra = max(counted_years - base_years, Fraction(0))
    rate: Fraction = scale.first_rate + yearly_rate(sex, scale) * extra
    if is_commune_woman(sex, worker_group) and months < 12 * scale.required_years:
        rate = scale.first_rate + scale.commune_yearly_rate * extra
    return rate


@provision(
    "pensions.uncapped_rate",
    clause="41/2024/QH15, Điều 66 khoản 1, Điều 99 khoản 1, Điều 5 khoản 6",
    since="2025-07-01",
    term="tỷ lệ lương hưu chưa giới hạn mức tối đa",
)
def uncapped_rate_2024(
    sex: int,
    worker_group: int,  # noqa: ARG001 - as its earlier versions
    months: int,  # noqa: ARG001 - as its earlier versions
    counted_years: Fraction,
    base_years: int,
    scale: PensionsScale,
) -> Fraction:
    """45% for 15 years (women) or 20 (men), then 2% a year; men with 15 to under 20: 40% and 1% a year."""
    extra = max(counted_years - base_years, Fraction(0))
    rate: Fraction = scale.first_rate + yearly_rate(sex, scale) * extra
    if sex == Sex.MALE and counted_years < base_years:
        short_extra = max(counted_years - scale.short_first_years, Fraction(0))
        rate = scale.short_first_rate + scale.short_yearly_rate * short_extra
    return rate


uncapped_rate = versions(uncapped_rate_2006, uncapped_rate_2014, uncapped_rate_2024)


@provision(
    "pensions.rate_before_reduction",
    clause="71/2006/QH11, Điều 52; 58/2014/QH13, Điều 56 khoản 1, 2, Điều 74 khoản 1, 2; "
    "41/2024/QH15, Điều 66 khoản 1, Điều 99 khoản 1",
    since="2007-01-01",
    term="tỷ lệ lương hưu trước khi giảm do nghỉ hưu trước tuổi",
)
def rate_before_reduction(uncapped_rate: Fraction, scale: PensionsScale) -> Fraction:
    """At most 75%."""
    highest: Fraction = scale.highest_rate
    return min(uncapped_rate, highest)


def is_commune_woman(sex: int, worker_group: int) -> bool:
    """Lao động nữ hoạt động chuyên trách hoặc không chuyên trách ở xã, phường, thị trấn."""
    return sex == Sex.FEMALE and worker_group in (Group.COMMUNE_FULL_TIME, Group.COMMUNE_PART_TIME)


@provision(
    "pensions.required_months",
    clause="58/2014/QH13, Điều 54, Điều 73 khoản 1 điểm b; 134/2015/NĐ-CP, Điều 5 khoản 1, 2",
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng đóng để được hưởng lương hưu",
)
def required_months_2014(sex: int, worker_group: int, compulsory_months: int, scale: PensionsScale) -> int:
    """Twenty years of both schemes; for commune women fifteen of compulsory insurance (Điều 54 khoản 3)."""
    if is_commune_woman(sex, worker_group) and compulsory_months >= 12 * scale.commune_required_years:
        return 12 * int(scale.commune_required_years)
    return 12 * int(scale.required_years)


@provision(
    "pensions.required_months",
    clause="41/2024/QH15, Điều 64, Điều 98",
    since="2025-07-01",
    term="số tháng đóng để được hưởng lương hưu",
)
def required_months_2024(sex: int, worker_group: int, compulsory_months: int, scale: PensionsScale) -> int:  # noqa: ARG001 - as its first version
    """Fifteen years of both schemes."""
    return 12 * int(scale.required_years)


required_months = versions(required_months_2014, required_months_2024)


@provision(
    "pensions.reduced_capacity_months",
    clause="58/2014/QH13, Điều 55; 41/2024/QH15, Điều 65",
    since="2016-01-01",
    term="số tháng đóng bắt buộc để được hưởng lương hưu khi suy giảm khả năng lao động",
)
def reduced_capacity_months(scale: PensionsScale) -> int:
    """Twenty years of compulsory insurance."""
    return 12 * int(scale.capacity_required_years)

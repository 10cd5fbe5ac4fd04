"""Mức điều chỉnh của từng nghị định: what each decree adds to a pension or monthly allowance.

Every step is rounded half up to the dong: the next decree starts from the amount then paid.
"""

from enum import StrEnum
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.pensions.book import PensionsScale


class BenefitKind(StrEnum):
    """Chế độ hằng tháng đang hưởng."""

    PENSION = "pension"
    INVALIDITY = "invalidity_allowance"
    COMMUNE = "commune_allowance"
    WORK_INJURY = "work_injury_allowance"


@provision(
    "pensions.increase",
    clause="55/2016/NĐ-CP, Điều 3 khoản 1; 23/2016/TT-BLĐTBXH, Điều 2",
    since="2015-01-01",
    until="2017-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2016(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as its later versions
    """8% for who began to draw from 01/2015 to before 05/2016, from the month they began."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="76/2017/NĐ-CP, Điều 2; 18/2017/TT-BLĐTBXH, Điều 2",
    since="2017-07-01",
    until="2018-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2017(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as its later versions
    """7.44% on the amount of June 2017."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="88/2018/NĐ-CP, Điều 2",
    since="2018-07-01",
    until="2019-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2018(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as its later versions
    """6.92% on the amount of June 2018."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="44/2019/NĐ-CP, Điều 2",
    since="2019-07-01",
    until="2021-12-31",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2019(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as its later versions
    """7.19% on the amount of June 2019."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="108/2021/NĐ-CP, Điều 2",
    since="2022-01-01",
    until="2023-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2022(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as its later version
    """7.4% on the amount of December 2021."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="42/2023/NĐ-CP, Điều 2 khoản 1; 06/2023/TT-BLĐTBXH, Điều 2 khoản 1",
    since="2023-07-01",
    until="2024-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2023(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:
    """12.5% on the amount of June 2023; 20.8% for who was not raised by the decree of 2021."""
    if raised_in_2022:
        return _raised(monthly, scale.increase)
    return _raised(monthly, scale.increase_not_raised_before)


@provision(
    "pensions.increase",
    clause="75/2024/NĐ-CP, Điều 2",
    since="2024-07-01",
    until="2026-06-30",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2024(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as an earlier version
    """15% on the amount of June 2024."""
    return _raised(monthly, scale.increase)


@provision(
    "pensions.increase",
    clause="162/2026/NĐ-CP, Điều 2 khoản 1; 14/2026/TT-BNV, Điều 3 khoản 1",
    since="2026-07-01",
    term="mức hưởng sau khi tăng theo tỷ lệ",
)
def increase_2026(monthly: int, raised_in_2022: bool, scale: PensionsScale) -> int:  # noqa: ARG001 - as an earlier version
    """8% on the amount of June 2026."""
    return _raised(monthly, scale.increase)


increase = versions(
    increase_2016,
    increase_2017,
    increase_2018,
    increase_2019,
    increase_2022,
    increase_2023,
    increase_2024,
    increase_2026,
)


def _raised(monthly: int, share: Fraction) -> int:
    return half_up(monthly * (1 + share))


@provision(
    "pensions.low_benefit_2016",
    clause="55/2016/NĐ-CP, Điều 3 khoản 3; 23/2016/TT-BLĐTBXH, Điều 3",
    since="2016-01-01",
    until="2016-12-31",
    term="mức hưởng sau khi tăng thêm cho người hưởng thấp",
)
def low_benefit_2016(kind: BenefitKind, monthly: int, scale: PensionsScale) -> int:
    """Pensions up to 1,750,000: 250,000 more; allowances up to 1,850,000: 150,000; others up to 2,000,000."""
    supplement, up_to = scale.low_allowance_supplement, scale.low_allowance_supplement_up_to
    if kind == BenefitKind.PENSION:
        supplement, up_to = scale.low_pension_supplement, scale.low_pension_supplement_up_to
    if monthly <= up_to:
        return monthly + int(supplement)
    return max(monthly, int(scale.low_benefit_floor))


@provision(
    "pensions.preschool_teacher_lift",
    clause="55/2016/NĐ-CP, Điều 3 khoản 4; 23/2016/TT-BLĐTBXH, Điều 4",
    since="2016-01-01",
    until="2016-12-31",
    term="mức lương hưu của giáo viên mầm non được nâng bằng lương cơ sở",
)
def preschool_teacher_lift(monthly: int, scale: PensionsScale) -> int:
    """Pre-school teachers who worked before 1995: at least the base salary of the month."""
    return max(monthly, int(scale.base_salary))


@provision(
    "pensions.women_adjustment",
    clause="153/2018/NĐ-CP, Điều 2, 3, 4",
    since="2018-01-01",
    until="2021-12-31",
    term="lương hưu của lao động nữ sau điều chỉnh",
)
def women_adjustment(monthly: int, counted_years: Fraction, scale: PensionsScale) -> int:
    """Women who began to draw in 2018-2021 with 20 to 29.5 years: a share more, by years and year of start.

    `scale` is of the month they began; with other years the amount stays.
    """
    half_years = int(counted_years / scale.half_year)
    if half_years not in scale.women_adjustment:
        return monthly
    return _raised(monthly, scale.women_adjustment[half_years])


@provision(
    "pensions.before_1995",
    clause="108/2021/NĐ-CP, Điều 2",
    since="2022-01-01",
    until="2023-06-30",
    term="mức hưởng sau khi tăng thêm cho người nghỉ hưởng trước năm 1995",
)
def before_1995_2022(monthly: int, scale: PensionsScale) -> int:
    """Up to 2,300,000 after the increase: 200,000 more; above it and under 2,500,000: 2,500,000."""
    return _before_1995(monthly, scale)


@provision(
    "pensions.before_1995",
    clause="42/2023/NĐ-CP, Điều 1 khoản 2, Điều 2 khoản 2; 06/2023/TT-BLĐTBXH, Điều 2 khoản 2",
    since="2023-07-01",
    until="2024-06-30",
    term="mức hưởng sau khi tăng thêm cho người nghỉ hưởng trước năm 1995",
)
def before_1995_2023(monthly: int, scale: PensionsScale) -> int:
    """Under 2,700,000 after the increase: 300,000 more; from it to under 3,000,000: 3,000,000."""
    return _before_1995(monthly, scale)


@provision(
    "pensions.before_1995",
    clause="75/2024/NĐ-CP, Điều 2",
    since="2024-07-01",
    until="2026-06-30",
    term="mức hưởng sau khi tăng thêm cho người nghỉ hưởng trước năm 1995",
)
def before_1995_2024(monthly: int, scale: PensionsScale) -> int:
    """Under 3,200,000 after the increase: 300,000 more; from it to under 3,500,000: 3,500,000."""
    return _before_1995(monthly, scale)


@provision(
    "pensions.before_1995",
    clause="162/2026/NĐ-CP, Điều 1 khoản 2, Điều 2 khoản 2; 14/2026/TT-BNV, Điều 3 khoản 2",
    since="2026-07-01",
    term="mức hưởng sau khi tăng thêm cho người nghỉ hưởng trước năm 1995",
)
def before_1995_2026(monthly: int, scale: PensionsScale) -> int:
    """Up to 3,500,000 after the increase: 300,000 more; above it and under 3,800,000: 3,800,000."""
    return _before_1995(monthly, scale)


before_1995 = versions(before_1995_2022, before_1995_2023, before_1995_2024, before_1995_2026)


def _before_1995(monthly: int, scale: PensionsScale) -> int:
    # "Under" and "up to" the bound give the same amount: bound + supplement is the floor.
    if monthly <= scale.before_1995_supplement_up_to:
        return monthly + int(scale.before_1995_supplement)
    return max(monthly, int(scale.before_1995_floor))

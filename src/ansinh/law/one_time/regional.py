"""Trợ cấp khu vực một lần: time contributed with regional allowance, up to the end of 2006.

M = Hi × Tj × 15% × Lmin, summed over the periods; rounded once, half up to the dong.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision
from ansinh.law.one_time.book import OneTimeScale


class RegionalSpell(NamedTuple):
    """Một giai đoạn đóng có phụ cấp khu vực; `rank_pay`: on a soldier's rank allowance at the time."""

    months: int
    coefficient: Fraction
    rank_pay: bool = False


@provision(
    "regional_allowance.multiple",
    clause=(
        "115/2015/NĐ-CP, Điều 21 khoản 3; 59/2015/TT-BLĐTBXH, Điều 31 khoản 2; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 29 khoản 3; 158/2025/NĐ-CP, Điều 32 khoản 3"
    ),
    since="2016-01-01",
    term="số lần mức lương cơ sở (mức tham chiếu) của một giai đoạn",
)
def regional_multiple(spell: RegionalSpell, scale: OneTimeScale) -> Fraction:
    """15% of the coefficient for each month; 0.4 of that on a soldier's rank allowance."""
    multiple = scale.regional_rate * spell.coefficient * spell.months
    return Fraction(scale.rank_allowance * multiple if spell.rank_pay else multiple)


@provision(
    "regional_allowance.last_month",
    clause="115/2015/NĐ-CP, Điều 21 khoản 1 điểm a; 158/2025/NĐ-CP, Điều 32 khoản 1 điểm a",
    since="2016-01-01",
    term="tháng cuối đóng có phụ cấp khu vực",
)
def regional_last_month(scale: OneTimeScale) -> Month:
    """December 2006: since 2007 no regional allowance is contributed on."""
    return Month(scale.regional_last_year, 12)


@provision(
    "regional_allowance.lump_sum",
    clause=(
        "58/2014/QH13, Điều 123 khoản 3; 115/2015/NĐ-CP, Điều 21 khoản 2 điểm a; "
        "41/2024/QH15, Điều 141 khoản 3; 158/2025/NĐ-CP, Điều 32 khoản 2 điểm a"
    ),
    since="2016-01-01",
    term="trợ cấp khu vực một lần",
)
def regional_lump_sum(spells: Sequence[RegionalSpell], scale: OneTimeScale) -> int:
    """All periods at the base salary (reference level) of the month of the benefit."""
    multiples = (regional_multiple(spell, scale) for spell in spells)
    return half_up(sum(multiples, Fraction(0)) * scale.base_salary)

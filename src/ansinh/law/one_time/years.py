"""Số năm đóng trước và từ năm 2014: for the one-time payment, the emigrant's and the survivors' sum."""

from fractions import Fraction
from typing import NamedTuple

from ansinh.law.careers import years
from ansinh.law.engine import provision, versions
from ansinh.law.one_time.book import OneTimeScale


class ContributedYears(NamedTuple):
    """Số năm đóng sau khi chuyển và làm tròn tháng lẻ."""

    before_2014: Fraction
    from_2014: Fraction


@provision(
    "one_time.years",
    clause=(
        "59/2015/TT-BLĐTBXH, Điều 19 khoản 4, Điều 21 khoản 2, Điều 27 khoản 4; "
        "01/2016/TT-BLĐTBXH, Điều 6 khoản 2 điểm c, Điều 7 khoản 4 điểm c; "
        "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 16 khoản 4, Điều 24 khoản 4"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="số năm đóng trước và từ năm 2014",
)
def contributed_years_2014(months: int, months_before_2014: int, scale: OneTimeScale) -> ContributedYears:
    """Years before and from 2014: odd months before 2014 move to the later time, when there is one.

    >>> from ansinh.law.one_time.book import BOOK
    >>> [str(part) for part in contributed_years_2014(196, 122, BOOK.on("2020-03-01"))]
    ['10', '13/2']
    """
    return _split(months, months_before_2014, scale)


@provision(
    "one_time.years",
    clause=(
        "41/2024/QH15, Điều 5 khoản 6, Điều 70 khoản 3 điểm a, Điều 89 khoản 1 điểm a, "
        "Điều 102 khoản 2 điểm a, Điều 110 khoản 2 điểm a; 12/2025/TT-BNV, Điều 17 khoản 2"
    ),
    since="2025-07-01",
    term="số năm đóng trước và từ năm 2014",
)
def contributed_years_2024(months: int, months_before_2014: int, scale: OneTimeScale) -> ContributedYears:
    """Years before and from 2014: odd months before 2014 move to the later time, when there is one."""
    return _split(months, months_before_2014, scale)


contributed_years = versions(contributed_years_2014, contributed_years_2024)


def _split(months: int, months_before_2014: int, scale: OneTimeScale) -> ContributedYears:
    months_from_2014 = max(months - months_before_2014, 0)
    if months_from_2014 == 0:
        return ContributedYears(years(months_before_2014, scale), Fraction(0))
    odd = months_before_2014 % 12
    return ContributedYears(Fraction(months_before_2014 // 12), years(months_from_2014 + odd, scale))

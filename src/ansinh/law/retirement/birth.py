"""Ngày sinh khi hồ sơ chỉ ghi năm: which day and month then count."""

from datetime import date

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.retirement.facts import Born


@provision(
    "retirement.born_in_year",
    clause="59/2015/TT-BLĐTBXH, Điều 18 khoản 2; 01/2016/TT-BLĐTBXH, Điều 5 khoản 1 điểm b",
    since="2016-01-01",
    until="2020-12-31",
    term="ngày sinh được tính khi chỉ ghi năm sinh",
)
def born_in_year_2015(birth_year: int) -> Born:
    """The end of the year: the age is reached on 1 January of the year after that in which it would be."""
    return Born(date(birth_year + 1, 1, 1), Month(birth_year, 12))


@provision(
    "retirement.born_in_year",
    clause="135/2020/NĐ-CP, Điều 3 khoản 3; 158/2025/NĐ-CP, Điều 12 khoản 2",
    since="2021-01-01",
    term="ngày sinh được tính khi chỉ ghi năm sinh",
)
def born_in_year_2020(birth_year: int) -> Born:
    """1 January of the year of birth."""
    return Born(date(birth_year, 1, 1), Month(birth_year, 1))


born_in_year = versions(born_in_year_2015, born_in_year_2020)

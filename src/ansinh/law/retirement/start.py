"""Thời điểm hưởng lương hưu: the first month of pension.

The month after the one in which age, time and, where it applies, the conclusion on working capacity are all
there; later when missing months are paid or contributions go on. The employer's decision to stop work and the
person's own request may name a later month; they are not facts asked here.
"""

from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.retirement.book import RetirementScale

LAW_2024 = Month(2025, 7)


class Arrears(NamedTuple):
    """Truy lĩnh: whether the months before the request are paid, and with interest."""

    arrears: bool
    interest: bool


@provision(
    "retirement.start_by_age",
    clause="58/2014/QH13, Điều 59, Điều 76; 59/2015/TT-BLĐTBXH, Điều 18 khoản 1, 2; "
    "01/2016/TT-BLĐTBXH, Điều 5 khoản 1 điểm a, b; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 14 khoản 2; "
    "135/2020/NĐ-CP, Điều 3; 41/2024/QH15, Điều 69, Điều 101 khoản 1; 12/2025/TT-BNV, Điều 15 khoản 1",
    since="2016-01-01",
    term="tháng đầu hưởng lương hưu khi đủ tuổi và thời gian đóng",
)
def start_by_age(reached: Month, completed: Month | None) -> Month:
    """The month after the age is reached and the time of contribution completed."""
    return (reached if completed is None else max(reached, completed)) + 1


@provision(
    "retirement.start_by_capacity",
    clause="59/2015/TT-BLĐTBXH, Điều 18 khoản 3; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 14 khoản 3, "
    "Điều 17 khoản 4; 12/2025/TT-BNV, Điều 15 khoản 1 điểm a; 88/2025/TT-BCA, Điều 13 khoản 3",
    since="2016-01-01",
    term="tháng đầu hưởng lương hưu khi suy giảm khả năng lao động",
)
def start_by_capacity(reached: Month, concluded: Month, completed: Month | None) -> Month:
    """The month after age, time of contribution and conclusion are all there."""
    months = [reached, concluded] if completed is None else [reached, concluded, completed]
    return max(months) + 1


@provision(
    "retirement.start_after_missing_months",
    clause="59/2015/TT-BLĐTBXH, Điều 15 khoản 4; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 12 khoản 3; "
    "58/2014/QH13, Điều 76; 134/2015/NĐ-CP, Điều 6 khoản 2; 01/2016/TT-BLĐTBXH, Điều 5 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="tháng đầu hưởng lương hưu khi đóng một lần cho thời gian còn thiếu",
)
def start_after_missing_2014(by_conditions: Month, paid: Month, voluntary: bool) -> Month:
    """Compulsory: from the month of payment; voluntary: from the month after; not before the conditions."""
    return max(by_conditions, paid + 1 if voluntary else paid)


@provision(
    "retirement.start_after_missing_months",
    clause="41/2024/QH15, Điều 33 khoản 7, Điều 101 khoản 3; 12/2025/TT-BNV, Điều 15 khoản 2; "
    "88/2025/TT-BCA, Điều 11 khoản 3",
    since="2025-07-01",
    term="tháng đầu hưởng lương hưu khi đóng một lần cho thời gian còn thiếu",
)
def start_after_missing_2024(by_conditions: Month, paid: Month, voluntary: bool) -> Month:  # noqa: ARG001 - as its first version
    """From the month after the payment, in both schemes; not before the conditions."""
    return max(by_conditions, paid + 1)


start_after_missing = versions(start_after_missing_2014, start_after_missing_2024)


@provision(
    "retirement.start_after_contributions",
    clause="134/2015/NĐ-CP, Điều 6; 01/2016/TT-BLĐTBXH, Điều 5 khoản 1 điểm c; "
    "135/2020/NĐ-CP, Điều 3 khoản 1; "
    "41/2024/QH15, Điều 69, Điều 101 khoản 2; 12/2025/TT-BNV, Điều 15 khoản 1",
    since="2016-01-01",
    term="tháng đầu hưởng lương hưu khi tiếp tục đóng",
)
def start_after_contributions(by_conditions: Month, last_contribution: Month) -> Month:
    """The month after the last contribution, for who went on after the conditions were met."""
    return max(by_conditions, last_contribution + 1)


@provision(
    "retirement.start_not_before_law",
    clause="12/2025/TT-BNV, Điều 15 khoản 1 điểm c",
    since="2025-07-01",
    term="tháng đầu sớm nhất khi có từ 15 đến dưới 20 năm đóng",
)
def start_not_before_law(by_conditions: Month) -> Month:
    """Who has from 15 to under 20 years draws the pension from 07/2025 at the earliest."""
    return max(by_conditions, LAW_2024)


@provision(
    "retirement.arrears",
    clause="58/2014/QH13, Điều 59; 01/2016/TT-BLĐTBXH, Điều 5 khoản 1 điểm c; "
    "41/2024/QH15, Điều 69, Điều 101",
    since="2016-01-01",
    term="truy lĩnh lương hưu của những tháng chưa nhận",
)
def arrears(start: Month, requested: Month) -> Arrears:
    """Months between the start and the request are paid later, without interest."""
    return Arrears(requested > start, False)


@provision(
    "retirement.missing_months_allowed",
    clause="58/2014/QH13, Điều 85 khoản 6; 59/2015/TT-BLĐTBXH, Điều 15 khoản 4; "
    "134/2015/NĐ-CP, Điều 9 khoản 1 điểm e; 41/2024/QH15, Điều 33 khoản 7; 159/2025/NĐ-CP, Điều 7 khoản 1",
    since="2016-01-01",
    term="số tháng còn thiếu được đóng một lần",
)
def missing_months_allowed(voluntary: bool, scale: RetirementScale) -> int:
    """6 months in the compulsory scheme; 10 years in the voluntary one, 5 from 07/2025."""
    months: int = scale.most_missing_voluntary if voluntary else scale.most_missing_months
    return months

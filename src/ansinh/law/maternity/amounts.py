"""Mức hưởng chế độ thai sản: the average wage, what a month, a day and a leave pay, exact.

Rounding: half up to the dong, once, on each figure answered; a leave is paid on the exact average, not on
the average as printed. The texts state no rounding; 105/2016/TTLT, ví dụ 20 prints the average so.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale

AVERAGED_TERM = "tháng cuối lấy bình quân tiền lương"
AVERAGE_TERM = "mức bình quân tiền lương tháng đóng bảo hiểm xã hội"
WORKING_DAY_TERM = "trợ cấp thai sản một ngày làm việc"
DAY_TERM = "trợ cấp thai sản một ngày"
LEAVE_TERM = "trợ cấp thai sản"


@provision(
    "maternity.averaged_until",
    clause="58/2014/QH13, Điều 39 khoản 1 điểm a; 59/2015/TT-BLĐTBXH, Điều 12 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=AVERAGED_TERM,
)
def averaged_until_2014(window_to: Month, leave_from: date, event: date) -> Month:
    """The end of the window for who worked until the event; else the month before the leave."""
    if leave_from < event:
        return min(window_to, Month.of(leave_from) - 1)
    return window_to


@provision(
    "maternity.averaged_until",
    clause="41/2024/QH15, Điều 59 khoản 1; 12/2025/TT-BNV, Điều 10 khoản 1; 88/2025/TT-BCA, Điều 9 khoản 1",
    since="2025-07-01",
    term=AVERAGED_TERM,
)
def averaged_until_2024(window_to: Month, leave_from: date, event: date) -> Month:
    """The end of the window where leave begins in the month of the event; else the month before the leave."""
    if Month.of(leave_from) < Month.of(event):
        return min(window_to, Month.of(leave_from) - 1)
    return window_to


averaged_until = versions(averaged_until_2014, averaged_until_2024)


@provision(
    "maternity.average",
    clause="58/2014/QH13, Điều 39 khoản 1 điểm a; 59/2015/TT-BLĐTBXH, Điều 12 khoản 1, 3; "
    "105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 10 khoản 1, 3",
    since="2016-01-01",
    until="2025-06-30",
    term=AVERAGE_TERM,
)
def average_2014(pays: Sequence[Fraction]) -> Fraction:
    """Of the latest contributed months before the leave, as they were then; fewer where there are fewer."""
    return sum(pays, Fraction(0)) / len(pays)


@provision(
    "maternity.average",
    clause="41/2024/QH15, Điều 59 khoản 1; 12/2025/TT-BNV, Điều 10; 88/2025/TT-BCA, Điều 9",
    since="2025-07-01",
    term=AVERAGE_TERM,
)
def average_2024(pays: Sequence[Fraction]) -> Fraction:
    """Of the latest contributed months before the leave, as they were then; fewer where there are fewer."""
    return sum(pays, Fraction(0)) / len(pays)


average = versions(average_2014, average_2024)


def months_averaged(scale: MaternityScale) -> int:
    """Số tháng gần nhất lấy bình quân."""
    months: int = scale.average_months
    return months


@provision(
    "maternity.working_day",
    clause="58/2014/QH13, Điều 39 khoản 1 điểm b",
    since="2016-01-01",
    until="2025-06-30",
    term=WORKING_DAY_TERM,
)
def working_day_2014(month_amount: Fraction, scale: MaternityScale) -> Fraction:
    """Check-ups and the father's days: the month divided by 24."""
    found: Fraction = month_amount / scale.working_days_of_month
    return found


@provision(
    "maternity.working_day",
    clause="41/2024/QH15, Điều 59 khoản 2",
    since="2025-07-01",
    term=WORKING_DAY_TERM,
)
def working_day_2024(month_amount: Fraction, scale: MaternityScale) -> Fraction:
    """Check-ups and the father's days: the month divided by 24."""
    found: Fraction = month_amount / scale.working_days_of_month
    return found


working_day = versions(working_day_2014, working_day_2024)


@provision(
    "maternity.day",
    clause="58/2014/QH13, Điều 39 khoản 1 điểm c",
    since="2016-01-01",
    until="2025-06-30",
    term=DAY_TERM,
)
def day_2014(month_amount: Fraction, scale: MaternityScale) -> Fraction:
    """Odd days, loss of the pregnancy, contraception: the month divided by 30."""
    found: Fraction = month_amount / scale.days_of_month
    return found


@provision(
    "maternity.day",
    clause="41/2024/QH15, Điều 59 khoản 3",
    since="2025-07-01",
    term=DAY_TERM,
)
def day_2024(month_amount: Fraction, scale: MaternityScale) -> Fraction:
    """Odd days, loss of the pregnancy, contraception: the month divided by 30."""
    found: Fraction = month_amount / scale.days_of_month
    return found


day = versions(day_2014, day_2024)


@provision(
    "maternity.leave_amount",
    clause="58/2014/QH13, Điều 39 khoản 1; 59/2015/TT-BLĐTBXH, Điều 12 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term=LEAVE_TERM,
)
def leave_amount_2014(months: int, days: int, month_amount: Fraction, day_amount: Fraction) -> Fraction:
    """Months and odd days; not raised with the base salary while the leave runs."""
    return month_amount * months + day_amount * days


@provision(
    "maternity.leave_amount",
    clause="41/2024/QH15, Điều 59; 12/2025/TT-BNV, Điều 10 khoản 3",
    since="2025-07-01",
    term=LEAVE_TERM,
)
def leave_amount_2024(months: int, days: int, month_amount: Fraction, day_amount: Fraction) -> Fraction:
    """Months and odd days; not raised with the reference level while the leave runs."""
    return month_amount * months + day_amount * days


leave_amount = versions(leave_amount_2014, leave_amount_2024)

"""Những năm cuối: over which months of State-scale pay the average is taken, and which months they are."""

from collections.abc import Sequence
from fractions import Fraction

from ansinh.law.careers.book import CareersScale
from ansinh.law.careers.stretches import MonthOnRecord
from ansinh.law.engine import provision, versions

__all__ = ["earlier_windows", "higher_average", "is_price_adjusted", "whole_career_average", "window_months"]


@provision(
    "careers.window_months",
    clause="58/2014/QH13, Điều 62 khoản 1; 115/2015/NĐ-CP, Điều 9 khoản 1, 3; "
    "33/2016/NĐ-CP, Điều 11 khoản 1, 2",
    since="2016-01-01",
    until="2025-06-30",
    term="số tháng cuối tính bình quân tiền lương",
)
def window_months_2014(first_year: int, state_months: int, scale: CareersScale) -> int:
    """Last 5, 6, 8, 10, 15 or 20 years by the first year of participation; the months paid where fewer."""
    return last_months(first_year, state_months, scale)


@provision(
    "careers.window_months",
    clause="41/2024/QH15, Điều 72 khoản 1; 158/2025/NĐ-CP, Điều 15 khoản 1 điểm b, khoản 4; "
    "12/2025/TT-BNV, Điều 16",
    since="2025-07-01",
    term="số tháng cuối tính bình quân tiền lương",
)
def window_months_2024(first_year: int, state_months: int, scale: CareersScale) -> int:
    """Last 5, 6, 8, 10, 15 or 20 years by the first year of participation; the months paid where fewer."""
    return last_months(first_year, state_months, scale)


window_months = versions(window_months_2014, window_months_2024)


@provision(
    "careers.is_price_adjusted",
    clause="58/2014/QH13, Điều 63 khoản 1; 41/2024/QH15, Điều 73 khoản 1; 115/2015/NĐ-CP, Điều 10 khoản 1",
    since="2016-01-01",
    term="tiền lương do Nhà nước quy định được điều chỉnh theo chỉ số giá",
)
def is_price_adjusted(first_year: int, scale: CareersScale) -> bool:
    """Whether State-scale pay follows prices (began from 2016) and not the base salary of the benefit."""
    started_late: bool = first_year >= scale.price_adjusted_from_year
    return started_late


@provision(
    "careers.higher_average",
    clause="115/2015/NĐ-CP, Điều 9 khoản 6; 59/2015/TT-BLĐTBXH, Điều 20 khoản 4; "
    "06/2021/TT-BLĐTBXH, Điều 1 khoản 20",
    since="2016-01-01",
    until="2025-06-30",
    term="tiền lương bình quân khi những năm cuối có và không có phụ cấp thâm niên nghề",
)
def higher_average_2014(last: Fraction, with_allowance: Fraction) -> Fraction:
    """Average of the last years, or of as many years up to the end of the allowance where higher."""
    return max(last, with_allowance)


@provision(
    "careers.higher_average",
    clause="158/2025/NĐ-CP, Điều 15 khoản 3 điểm c",
    since="2025-07-01",
    term="tiền lương bình quân khi những năm cuối có và không có phụ cấp thâm niên nghề",
)
def higher_average_2024(last: Fraction, with_allowance: Fraction) -> Fraction:
    """Average of the last years, or of as many years before the change of job where higher."""
    return max(last, with_allowance)


higher_average = versions(higher_average_2014, higher_average_2024)


@provision(
    "careers.whole_career_average",
    clause="158/2025/NĐ-CP, Điều 15 khoản 2 điểm c",
    since="2025-07-01",
    term="tiền lương bình quân khi những năm cuối thấp hơn toàn bộ thời gian",
)
def whole_career_average(last: Fraction, whole: Fraction) -> Fraction:
    """Average of the last years, or of all State-scale months where that is higher."""
    return max(last, whole)


def last_months(first_year: int, state_months: int, scale: CareersScale) -> int:
    """Số tháng cuối theo năm bắt đầu tham gia: at most the months paid."""
    if first_year >= scale.whole_career_from_year:
        return state_months
    table = scale.average_window
    since = max(year for year in table if year <= first_year)
    return min(int(table[since]), state_months)


def earlier_windows(months: Sequence[MonthOnRecord], window: int) -> list[tuple[MonthOnRecord, ...]]:
    """Các khoảng đủ số tháng kết thúc khi thôi phụ cấp: `window` months up to each end of the allowance."""
    return [
        tuple(months[end - window : end])
        for end in range(window, len(months))
        if months[end - 1].has_allowance and not months[end].has_allowance
    ]

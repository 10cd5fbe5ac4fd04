"""Bảo lưu thời gian đóng, chấm dứt hưởng: what becomes of contribution months that bought no benefit.

Each benefit month in its order uses twelve contribution months, or those left. Paid and suspended months are
used up; money not fetched and, after some stops, months not reached give theirs back.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from ansinh.law.engine import provision, versions
from ansinh.law.unemployment.book import UnemploymentScale
from ansinh.law.unemployment.deadlines import working_days_after


class MonthState(StrEnum):
    """Tình trạng một tháng hưởng."""

    PAID = "paid"
    SUSPENDED = "suspended"
    UNCOLLECTED = "uncollected"


class StopReason(StrEnum):
    """Lý do chấm dứt mà vẫn bảo lưu: 38/2013/QH13, Điều 53 khoản 3 điểm b, c, h."""

    JOB = "job"
    MILITARY_SERVICE = "military_service"
    STUDY = "study"


@provision(
    "unemployment.preserved_in_decision",
    clause="28/2015/NĐ-CP, Điều 18 khoản 7; 28/2015/TT-BLĐTBXH, Điều 9 khoản 2 điểm c",
    since="2015-01-01",
    until="2024-02-14",
    term="số tháng lẻ được bảo lưu trong quyết định hưởng",
)
def preserved_in_decision_2015(ui_months: int, benefit_months: int, scale: UnemploymentScale) -> int:
    """Beyond 36 months, the odd months that bought no benefit month; none up to 36."""
    if ui_months <= scale.first_step_months:
        return 0
    odd: int = ui_months - scale.months_per_benefit_month * benefit_months
    return odd


@provision(
    "unemployment.preserved_in_decision",
    clause="15/2023/TT-BLĐTBXH, Điều 1 khoản 4; 374/2025/NĐ-CP, Điều 8 khoản 1",
    since="2024-02-15",
    term="số tháng lẻ được bảo lưu trong quyết định hưởng",
)
def preserved_in_decision_2023(ui_months: int, benefit_months: int, scale: UnemploymentScale) -> int:
    """Over 36 up to 144 months, the odd months that bought no benefit month; none beyond 144."""
    if not scale.first_step_months < ui_months <= scale.most_preservable_months:
        return 0
    odd: int = ui_months - scale.months_per_benefit_month * benefit_months
    return odd


preserved_in_decision = versions(preserved_in_decision_2015, preserved_in_decision_2023)


@provision(
    "unemployment.months_cancelled",
    clause="28/2015/NĐ-CP, Điều 18 khoản 3, 5; 28/2015/TT-BLĐTBXH, Điều 9 khoản 2 điểm a; "
    "15/2023/TT-BLĐTBXH, Điều 1 khoản 4; 374/2025/NĐ-CP, Điều 8 khoản 2",
    since="2015-01-01",
    term="số tháng được bảo lưu khi hủy quyết định hưởng",
)
def given_back_by_cancelling(ui_months: int, preserved_in_decision: int) -> int:
    """All months of a decision cancelled because nobody fetched it, beside those it preserved itself."""
    return ui_months - preserved_in_decision


@provision(
    "unemployment.months_used",
    clause="38/2013/QH13, Điều 53 khoản 4; 28/2015/TT-BLĐTBXH, Điều 9 khoản 1; "
    "374/2025/NĐ-CP, Điều 8 khoản 6",
    since="2015-01-01",
    term="số tháng đóng ứng với từng tháng hưởng",
)
def months_used(counted_months: int, benefit_months: int, scale: UnemploymentScale) -> list[int]:
    """Of the months counted for the benefit, twelve for each benefit month in order, or those left."""
    per: int = scale.months_per_benefit_month
    return [max(0, min(per, counted_months - per * number)) for number in range(benefit_months)]


@provision(
    "unemployment.given_back_uncollected",
    clause="28/2015/NĐ-CP, Điều 18 khoản 6; 28/2015/TT-BLĐTBXH, Điều 9 khoản 2 điểm b; "
    "15/2023/TT-BLĐTBXH, Điều 1 khoản 4; 374/2025/NĐ-CP, Điều 8 khoản 4",
    since="2015-01-01",
    term="số tháng được bảo lưu khi không đến nhận tiền",
)
def given_back_uncollected(used: Sequence[int], states: Sequence[MonthState]) -> int:
    """The contribution months of benefit months whose money was not fetched in three months from the end."""
    return sum(months for months, state in zip(used, states, strict=False) if state == MonthState.UNCOLLECTED)


@provision(
    "unemployment.silent_until",
    clause="38/2013/QH13, Điều 53 khoản 3 điểm e, khoản 4; 28/2015/NĐ-CP, Điều 21 khoản 1 điểm e; "
    "74/2025/QH15, Điều 41 khoản 4 điểm đ, khoản 5; 374/2025/NĐ-CP, Điều 19 khoản 1 điểm đ",
    since="2015-01-01",
    term="tháng chấm dứt hưởng do ba tháng liên tục không thông báo",
)
def silent_until(states: Sequence[MonthState], scale: UnemploymentScale) -> int:
    """The benefit month that ends it all, the third suspended in a row; nothing is preserved. 0 for none."""
    silent = 0
    for number, state in enumerate(states, 1):
        silent = silent + 1 if state == MonthState.SUSPENDED else 0
        if silent == scale.silent_months:
            return number
    return 0


@provision(
    "unemployment.stop_notice_deadline",
    clause="28/2015/NĐ-CP, Điều 21 khoản 2; 61/2020/NĐ-CP, Điều 1; 374/2025/NĐ-CP, Điều 19 khoản 2",
    since="2015-01-01",
    term="ngày cuối thông báo chấm dứt hưởng",
)
def stop_notice_deadline(stopped: date, scale: UnemploymentScale) -> date:
    """Three working days from the event."""
    return working_days_after(stopped, scale.stop_notice_working_days)


@provision(
    "unemployment.given_back_by_stop",
    clause="38/2013/QH13, Điều 53 khoản 4; 28/2015/NĐ-CP, Điều 21 khoản 4, 5",
    since="2015-01-01",
    until="2020-07-14",
    term="số tháng được bảo lưu khi chấm dứt hưởng",
)
def given_back_by_stop_2015(used: Sequence[int], months_reached: int, told_in_time: bool) -> int:  # noqa: ARG001 - as its second version
    """The contribution months of benefit months after the one of the stop, which is still paid."""
    return sum(used[months_reached:])


@provision(
    "unemployment.given_back_by_stop",
    clause="28/2015/NĐ-CP, Điều 21 khoản 4, 5; 61/2020/NĐ-CP, Điều 1; 15/2023/TT-BLĐTBXH, Điều 1 khoản 4; "
    "74/2025/QH15, Điều 41 khoản 5; 374/2025/NĐ-CP, Điều 8 khoản 3, Điều 19 khoản 4, 5",
    since="2020-07-15",
    term="số tháng được bảo lưu khi chấm dứt hưởng",
)
def given_back_by_stop_2020(used: Sequence[int], months_reached: int, told_in_time: bool) -> int:
    """As before, but nothing when the worker did not tell in time."""
    return sum(used[months_reached:]) if told_in_time else 0


given_back_by_stop = versions(given_back_by_stop_2015, given_back_by_stop_2020)


@provision(
    "unemployment.preserved_extra",
    clause="15/2023/TT-BLĐTBXH, Điều 1 khoản 4; 374/2025/NĐ-CP, Điều 8 khoản 5",
    since="2024-02-15",
    term="số tháng xác nhận bổ sung được bảo lưu",
)
def preserved_extra(
    ui_months: int, late_confirmed: int, used_benefit_months: int, preserved: int, scale: UnemploymentScale
) -> int:
    """All months confirmed after the benefit when it rested on 36 or more.

    Else considered and confirmed months less twelve for each month paid or suspended, and less those that a
    decision has preserved already. Never more than was confirmed: months lost by a stop told late stay lost,
    as the decree says.
    """
    if ui_months >= scale.first_step_months:
        return late_confirmed
    used: int = scale.months_per_benefit_month * used_benefit_months
    return min(late_confirmed, max(0, ui_months + late_confirmed - used - preserved))

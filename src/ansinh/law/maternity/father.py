"""Thời gian nghỉ của người cha khi vợ sinh con: working days, the days on which they may begin."""

from collections.abc import Sequence
from datetime import date, timedelta

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale
from ansinh.law.maternity.facts import Entitlement, Leave, Window
from ansinh.law.maternity.leave import last_day_of

WINDOW_TERM = "các tháng xét người cha đang đóng"
INSURED_TERM = "đang đóng bảo hiểm xã hội khi vợ sinh con"
DAYS_TERM = "số ngày nghỉ khi vợ sinh con"
DEADLINE_TERM = "ngày cuối được bắt đầu nghỉ"
COUNTED_TERM = "số ngày nghỉ được hưởng"


@provision(
    "maternity.father_window",
    clause="58/2014/QH13, Điều 31 khoản 1 điểm e, Điều 34 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=WINDOW_TERM,
)
def father_window_2014(birth_month: Month) -> Window:
    """The month of the birth, and the one before: the contribution of a month is paid after it."""
    return Window(birth_month - 1, birth_month)


@provision(
    "maternity.father_window",
    clause="41/2024/QH15, Điều 50 khoản 1 điểm g, Điều 53 khoản 2",
    since="2025-07-01",
    term=WINDOW_TERM,
)
def father_window_2024(birth_month: Month) -> Window:
    """The month of the birth, and the one before: the contribution of a month is paid after it."""
    return Window(birth_month - 1, birth_month)


father_window = versions(father_window_2014, father_window_2024)


@provision(
    "maternity.father_insured",
    clause="58/2014/QH13, Điều 31 khoản 1 điểm e, Điều 34 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=INSURED_TERM,
)
def father_insured_2014(months_before: int) -> Entitlement:
    """Contributing when the child is born: in that month or the one before. No least time is asked."""
    return _insured(months_before)


@provision(
    "maternity.father_insured",
    clause="41/2024/QH15, Điều 50 khoản 1 điểm g, Điều 53 khoản 2",
    since="2025-07-01",
    term=INSURED_TERM,
)
def father_insured_2024(months_before: int) -> Entitlement:
    """Contributing when the child is born: in that month or the one before. No least time is asked."""
    return _insured(months_before)


father_insured = versions(father_insured_2014, father_insured_2024)


def _insured(months_before: int) -> Entitlement:
    if not months_before:
        return Entitlement(eligible=False, reason="not_contributing")
    return Entitlement(eligible=True)


@provision(
    "maternity.father_days",
    clause="58/2014/QH13, Điều 34 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=DAYS_TERM,
)
def father_days_2014(
    children: int,
    surgery: bool,
    birth_weeks: int | None,
    child_order: int | None,  # noqa: ARG001 - as its last version
    scale: MaternityScale,
) -> int:
    """5 working days; 7 after surgery or before 32 weeks; twins 10, 3 more a child; 14 with surgery."""
    found: int
    if children >= scale.twins:
        found = (
            scale.father_days_twins_surgery if surgery else _several(scale.father_days_twins, children, scale)
        )
    else:
        found = scale.father_days_surgery if surgery or _premature(birth_weeks, scale) else scale.father_days
    return found


@provision(
    "maternity.father_days",
    clause="41/2024/QH15, Điều 53 khoản 2",
    since="2025-07-01",
    until="2026-06-30",
    term=DAYS_TERM,
)
def father_days_2024(
    children: int,
    surgery: bool,
    birth_weeks: int | None,
    child_order: int | None,  # noqa: ARG001 - as its last version
    scale: MaternityScale,
) -> int:
    """5 working days; 7 after surgery or before 32 weeks; twins 10, with surgery 14; a third child 3 more."""
    return _father_days(children, surgery, birth_weeks, scale)


@provision(
    "maternity.father_days",
    clause="41/2024/QH15, Điều 53 khoản 2; 113/2025/QH15, Điều 29 khoản 2; 168/2026/NĐ-CP, Điều 2 khoản 1",
    since="2026-07-01",
    term=DAYS_TERM,
)
def father_days_2026(
    children: int, surgery: bool, birth_weeks: int | None, child_order: int | None, scale: MaternityScale
) -> int:
    """As before, and 10 working days for the wife's second child."""
    days = _father_days(children, surgery, birth_weeks, scale)
    return max(days, scale.father_days_second_child) if child_order == scale.second_child else days


father_days = versions(father_days_2014, father_days_2024, father_days_2026)


def _father_days(children: int, surgery: bool, birth_weeks: int | None, scale: MaternityScale) -> int:
    if children >= scale.twins:
        twins = scale.father_days_twins_surgery if surgery else scale.father_days_twins
        return _several(twins, children, scale)
    found: int = scale.father_days_surgery if surgery or _premature(birth_weeks, scale) else scale.father_days
    return found


def _premature(birth_weeks: int | None, scale: MaternityScale) -> bool:
    return birth_weeks is not None and birth_weeks < scale.premature_weeks


def _several(twins: int, children: int, scale: MaternityScale) -> int:
    further: int = scale.father_days_further_child * (children - scale.twins)
    return twins + further


@provision(
    "maternity.father_deadline",
    clause="58/2014/QH13, Điều 34 khoản 2",
    since="2016-01-01",
    until="2021-08-31",
    term=DEADLINE_TERM,
)
def father_deadline_2014(birth: date, scale: MaternityScale) -> date:
    """The 30th day, the day of birth being the first."""
    return birth + timedelta(days=scale.father_window_days - 1)


@provision(
    "maternity.father_deadline",
    clause="58/2014/QH13, Điều 34 khoản 2; 06/2021/TT-BLĐTBXH, Điều 1 khoản 7",
    since="2021-09-01",
    until="2025-06-30",
    term=DEADLINE_TERM,
)
def father_deadline_2021(birth: date, scale: MaternityScale) -> date:
    """The 30th day, the day of birth being the first; of several leaves the last begins by then."""
    return birth + timedelta(days=scale.father_window_days - 1)


@provision(
    "maternity.father_deadline",
    clause="41/2024/QH15, Điều 53 khoản 3",
    since="2025-07-01",
    term=DEADLINE_TERM,
)
def father_deadline_2024(birth: date, scale: MaternityScale) -> date:
    """The 60th day, the day of birth being the first; of several leaves the last begins by then."""
    return birth + timedelta(days=scale.father_window_days - 1)


father_deadline = versions(father_deadline_2014, father_deadline_2021, father_deadline_2024)


@provision(
    "maternity.father_counted",
    clause="58/2014/QH13, Điều 34 khoản 2",
    since="2016-01-01",
    until="2021-08-31",
    term=COUNTED_TERM,
)
def father_counted_2014(
    leaves: Sequence[tuple[date, Sequence[date]]], birth: date, deadline: date, most: int
) -> int:
    """Working days within the first 30 days only. `leaves`: first day and working days of each."""
    return min(sum(birth <= day <= deadline for _, days in leaves for day in days), most)


@provision(
    "maternity.father_counted",
    clause="58/2014/QH13, Điều 34 khoản 2; 06/2021/TT-BLĐTBXH, Điều 1 khoản 7",
    since="2021-09-01",
    until="2025-06-30",
    term=COUNTED_TERM,
)
def father_counted_2021(
    leaves: Sequence[tuple[date, Sequence[date]]], birth: date, deadline: date, most: int
) -> int:
    """Working days of leaves that begin by the deadline, even where they end after it."""
    return _begun_in_time(leaves, birth, deadline, most)


@provision(
    "maternity.father_counted",
    clause="41/2024/QH15, Điều 53 khoản 3",
    since="2025-07-01",
    term=COUNTED_TERM,
)
def father_counted_2024(
    leaves: Sequence[tuple[date, Sequence[date]]], birth: date, deadline: date, most: int
) -> int:
    """Working days of leaves that begin by the deadline, even where they end after it."""
    return _begun_in_time(leaves, birth, deadline, most)


father_counted = versions(father_counted_2014, father_counted_2021, father_counted_2024)


def _begun_in_time(
    leaves: Sequence[tuple[date, Sequence[date]]], birth: date, deadline: date, most: int
) -> int:
    return min(sum(len(days) for first, days in leaves if birth <= first <= deadline), most)


@provision(
    "maternity.father_in_time",
    clause="58/2014/QH13, Điều 34 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="nghỉ việc trong thời hạn",
)
def father_in_time_2014(first: date, birth: date, deadline: date) -> Entitlement:
    """Leave begun before the birth or after the deadline is not paid."""
    return _in_time(first, birth, deadline)


@provision(
    "maternity.father_in_time",
    clause="41/2024/QH15, Điều 53 khoản 3",
    since="2025-07-01",
    term="nghỉ việc trong thời hạn",
)
def father_in_time_2024(first: date, birth: date, deadline: date) -> Entitlement:
    """Leave begun before the birth or after the deadline is not paid."""
    return _in_time(first, birth, deadline)


father_in_time = versions(father_in_time_2014, father_in_time_2024)


def _in_time(first: date, birth: date, deadline: date) -> Entitlement:
    if first > deadline:
        return Entitlement(eligible=False, reason="after_deadline")
    if first < birth:
        return Entitlement(eligible=False, reason="before_birth")
    return Entitlement(eligible=True)


@provision(
    "maternity.remaining_leave",
    clause="58/2014/QH13, Điều 34 khoản 4, 5, 6; 59/2015/TT-BLĐTBXH, Điều 10 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời gian nghỉ còn lại khi mẹ chết",
)
def remaining_leave_2014(death: date, birth: date, mothers_end: date | None, scale: MaternityScale) -> Leave:
    """The mother's leave after her death; of a mother not entitled, until the child is 6 months old."""
    return _remaining(death, birth, mothers_end, scale)


@provision(
    "maternity.remaining_leave",
    clause="41/2024/QH15, Điều 53 khoản 5, 6, 7; 12/2025/TT-BNV, Điều 9 khoản 1",
    since="2025-07-01",
    term="thời gian nghỉ còn lại khi mẹ chết",
)
def remaining_leave_2024(death: date, birth: date, mothers_end: date | None, scale: MaternityScale) -> Leave:
    """The mother's leave from the day after her death; of a mother not entitled, until 6 months of age."""
    return _remaining(death, birth, mothers_end, scale)


remaining_leave = versions(remaining_leave_2014, remaining_leave_2024)


def _remaining(death: date, birth: date, mothers_end: date | None, scale: MaternityScale) -> Leave:
    end = last_day_of(birth, scale.child_care_months) if mothers_end is None else mothers_end
    return Leave(death + timedelta(days=1), end)

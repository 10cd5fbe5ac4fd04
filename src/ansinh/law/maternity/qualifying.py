"""Điều kiện hưởng: who is insured for maternity, the months before birth, those needed among them."""

from datetime import date

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale
from ansinh.law.maternity.facts import Entitlement, Insured, Requirement, Window

COVERED_TERM = "thuộc đối tượng hưởng chế độ thai sản"
WINDOW_TERM = "khoảng thời gian xét trước khi sinh con, nhận con"
REQUIREMENT_TERM = "thời gian đóng cần có"
ENTITLED_TERM = "đủ điều kiện hưởng chế độ thai sản"


@provision(
    "maternity.covered",
    clause="58/2014/QH13, Điều 30",
    since="2016-01-01",
    until="2025-06-30",
    term=COVERED_TERM,
)
def covered_2014(group: Insured) -> Entitlement:
    """Employees and the armed forces; not yet owners of household businesses."""
    if group == Insured.HOUSEHOLD_OWNER:
        return Entitlement(eligible=False, reason="not_covered")
    return Entitlement(eligible=True)


@provision(
    "maternity.covered",
    clause="41/2024/QH15, Điều 50 khoản 1",
    since="2025-07-01",
    term=COVERED_TERM,
)
def covered_2024(group: Insured) -> Entitlement:  # noqa: ARG001 - as its first version
    """Owners of household businesses too."""
    return Entitlement(eligible=True)


covered = versions(covered_2014, covered_2024)


@provision(
    "maternity.window",
    clause="59/2015/TT-BLĐTBXH, Điều 9 khoản 1; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 7 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=WINDOW_TERM,
)
def window_2014(event_month: Month, late_in_month: bool, contributed: bool, months: int) -> Window:
    """Up to the month before; up to the month of birth when that is late (15th on) and contributed."""
    return _window(event_month, late_in_month and contributed, months)


@provision(
    "maternity.window",
    clause="12/2025/TT-BNV, Điều 8 khoản 2; 88/2025/TT-BCA, Điều 7 khoản 2",
    since="2025-07-01",
    term=WINDOW_TERM,
)
def window_2024(event_month: Month, late_in_month: bool, contributed: bool, months: int) -> Window:
    """Up to the month before; up to the month of birth when that is late (15th on) and contributed."""
    return _window(event_month, late_in_month and contributed, months)


window = versions(window_2014, window_2024)


def _window(event_month: Month, with_event_month: bool, months: int) -> Window:
    last = event_month if with_event_month else event_month - 1
    return Window(last - months + 1, last)


def is_late_in_month(event: date, scale: MaternityScale) -> bool:
    """Sinh con từ ngày 15 trở đi."""
    late: bool = event.day >= scale.late_birth_day
    return late


@provision(
    "maternity.requirement",
    clause="58/2014/QH13, Điều 31 khoản 2, 3",
    since="2016-01-01",
    until="2025-06-30",
    term=REQUIREMENT_TERM,
)
def requirement_2014(
    prescribed_rest: bool,
    infertility_treatment: bool,  # noqa: ARG001 - as its second version
    contributed_in_all: int | None,
    scale: MaternityScale,
) -> Requirement:
    """6 months of 12; after rest prescribed in pregnancy 3 of 12 for who contributed 12 months in all."""
    return _requirement(prescribed_rest, contributed_in_all, scale)


@provision(
    "maternity.requirement",
    clause="41/2024/QH15, Điều 50 khoản 2, 3, 5; 12/2025/TT-BNV, Điều 8 khoản 1",
    since="2025-07-01",
    term=REQUIREMENT_TERM,
)
def requirement_2024(
    prescribed_rest: bool, infertility_treatment: bool, contributed_in_all: int | None, scale: MaternityScale
) -> Requirement:
    """As before; 6 months of 24 after stopping work for infertility treatment."""
    if infertility_treatment:
        return Requirement(scale.infertility_window_months, scale.least_months, 0)
    return _requirement(prescribed_rest, contributed_in_all, scale)


requirement = versions(requirement_2014, requirement_2024)


def _requirement(prescribed_rest: bool, contributed_in_all: int | None, scale: MaternityScale) -> Requirement:
    in_all: int = scale.prescribed_rest_months_in_all
    if prescribed_rest and (contributed_in_all is None or contributed_in_all >= in_all):
        return Requirement(scale.window_months, scale.prescribed_rest_least_months, in_all)
    return Requirement(scale.window_months, scale.least_months, 0)


@provision(
    "maternity.entitled",
    clause="58/2014/QH13, Điều 31 khoản 2, 3",
    since="2016-01-01",
    until="2025-06-30",
    term=ENTITLED_TERM,
)
def entitled_2014(months_in_window: int, least_months: int) -> Entitlement:
    """Whether enough months of the window are contributed."""
    return _entitled(months_in_window, least_months)


@provision(
    "maternity.entitled",
    clause="41/2024/QH15, Điều 50 khoản 2, 3, 5, Điều 55",
    since="2025-07-01",
    term=ENTITLED_TERM,
)
def entitled_2024(months_in_window: int, least_months: int) -> Entitlement:
    """Whether enough months of the window are contributed."""
    return _entitled(months_in_window, least_months)


entitled = versions(entitled_2014, entitled_2024)


def _entitled(months_in_window: int, least_months: int) -> Entitlement:
    if months_in_window < least_months:
        return Entitlement(eligible=False, reason="few_months_in_window")
    return Entitlement(eligible=True)

"""Điều kiện hưởng trợ cấp thất nghiệp: how work ended, months in the window, the request, no job since.

Not encoded: being insured in the month of leaving or the one before (28/2015/NĐ-CP, Điều 12 khoản 2;
374/2025/NĐ-CP, Điều 3), and the other events of the waiting time (service, study, detention, death).
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ansinh.law.engine import provision, versions
from ansinh.law.unemployment.book import UnemploymentScale
from ansinh.law.unemployment.deadlines import Holidays, months_deadline, working_days_after


class Leaving(StrEnum):
    """Lý do nghỉ việc."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful_by_worker"
    RETIRED = "pension"


class Claim(NamedTuple):
    """Hồ sơ xét điều kiện: `months_in_window` counted in the window of the contract; None is unknown."""

    leaving: Leaving
    months_in_window: int
    requested: date | None
    deadline: date
    job_found: date | None
    job_free_until: date | None


@provision(
    "unemployment.window",
    clause="38/2013/QH13, Điều 49 khoản 2; 74/2025/QH15, Điều 38 khoản 1 điểm b",
    since="2015-01-01",
    term="khoảng thời gian xét trước khi chấm dứt hợp đồng",
)
def window(short_contract: bool, scale: UnemploymentScale) -> int:
    """24 months; 36 for contracts under 12 months (until 2025 seasonal work of 3 to under 12 months)."""
    months: int = scale.window_months["short" if short_contract else "ordinary"]
    return months


@provision(
    "unemployment.request_deadline",
    clause="38/2013/QH13, Điều 46 khoản 1; 28/2015/NĐ-CP, Điều 17 khoản 1; "
    "28/2015/TT-BLĐTBXH, Điều 20 khoản 3; 74/2025/QH15, Điều 38 khoản 1 điểm c; "
    "374/2025/NĐ-CP, Điều 14 khoản 2",
    since="2015-01-01",
    term="ngày cuối nộp hồ sơ",
)
def request_deadline(terminated: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """Three months from the end of the contract."""
    return months_deadline(terminated, scale.request_months, holidays)


@provision(
    "unemployment.job_free_until",
    clause="38/2013/QH13, Điều 49 khoản 4; 28/2015/NĐ-CP, Điều 18 khoản 1; "
    "74/2025/QH15, Điều 38 khoản 1 điểm d",
    since="2015-01-01",
    term="ngày cuối của thời gian chờ",
)
def job_free_until(requested: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """15 working days from the request, from 2026 10; the benefit begins on the working day after."""
    return working_days_after(requested, scale.waiting_working_days, holidays)


@provision(
    "unemployment.benefit_start",
    clause="38/2013/QH13, Điều 50 khoản 3; 28/2015/NĐ-CP, Điều 18 khoản 1; 74/2025/QH15, Điều 39 khoản 3",
    since="2015-01-01",
    term="ngày bắt đầu hưởng trợ cấp thất nghiệp",
)
def benefit_start(requested: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """The 16th working day from the request; from 2026 the 11th."""
    return working_days_after(requested, scale.waiting_working_days + 1, holidays)


@provision(
    "unemployment.refusal",
    clause="38/2013/QH13, Điều 49; 28/2015/NĐ-CP, Điều 17 khoản 1, Điều 18 khoản 1",
    since="2015-01-01",
    until="2025-12-31",
    term="lý do không được hưởng trợ cấp thất nghiệp",
)
def refusal_2013(claim: Claim, scale: UnemploymentScale) -> str:
    """Why there is no benefit, by the order of the article; empty when every condition is met.

    Unlawful leaving; a pension drawn; under 12 months in the window; a late request; a job found in time.
    """
    if claim.leaving == Leaving.RETIRED:
        return "receives_pension"
    return _common_refusal(claim, scale.minimum_months)


@provision(
    "unemployment.refusal",
    clause="74/2025/QH15, Điều 38 khoản 1",
    since="2026-01-01",
    term="lý do không được hưởng trợ cấp thất nghiệp",
)
def refusal_2025(claim: Claim, scale: UnemploymentScale) -> str:
    """Why there is no benefit; who leaves when entitled to a pension is refused as well."""
    if claim.leaving == Leaving.RETIRED:
        return "qualifies_for_pension"
    return _common_refusal(claim, scale.minimum_months)


refusal = versions(refusal_2013, refusal_2025)


def _common_refusal(claim: Claim, minimum_months: int) -> str:
    if claim.leaving == Leaving.UNLAWFUL:
        return "unlawful_termination"
    if claim.months_in_window < minimum_months:
        return "few_months_in_window"
    if claim.requested is not None and claim.requested > claim.deadline:
        return "late_request"
    if (
        claim.job_found is not None
        and claim.job_free_until is not None
        and claim.job_found <= claim.job_free_until
    ):
        return "found_job"
    return ""

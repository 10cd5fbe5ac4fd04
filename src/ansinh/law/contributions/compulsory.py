"""Đóng bảo hiểm bắt buộc của một đơn vị trong một tháng: workers alike but for their wages, summed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.contributions.book import BOOK
from ansinh.law.contributions.coverage import covered
from ansinh.law.contributions.dues import dues
from ansinh.law.contributions.facts import Dues, Facts
from ansinh.law.contributions.groups import PayKind, WorkerGroup

NEEDS_REGION = (WorkerGroup.EMPLOYEE, WorkerGroup.STATE_SCALE, WorkerGroup.FOREIGN)
BELOW_LOWEST_BASE = "below_lowest_base"
GROUP_NOT_COVERED = "group_not_covered"


class Compulsory(NamedTuple):
    """Số phải đóng của cả danh sách; dong. `reason` is empty when anybody is insured."""

    eligible: bool
    reason: str
    si_base: int
    hi_base: int
    ui_base: int
    si: int
    hi: int
    ui: int
    work_injury: int
    employee_total: int
    employer_total: int
    total: int


def one_month(
    month: Month,
    wage: int = 0,
    *,
    worker_group: WorkerGroup = WorkerGroup.EMPLOYEE,
    region: int | None = None,
    pay_kind: PayKind = PayKind.DONG,
    coefficient_milli: int = 0,
    reserve_milli: int = 0,
    position_milli: int = 0,
    beyond_frame_bp: int = 0,
    seniority_bp: int = 0,
    other_pay: int = 0,
    part_time: bool = False,
    low_injury_rate: bool = False,
    budget_employer: bool = False,
    ui_relief: bool = False,
    unpaid_days: int = 0,
    sick_days: int = 0,
    maternity_days: int = 0,
    agreed: bool = False,
    first_month: bool = False,
    si: bool = True,
    hi: bool = True,
    ui: bool = True,
    wi: bool = True,
    base_salary: int | None = None,
) -> Dues:
    """Số phải đóng của một người trong một tháng: written with the facts that matter.

    Units as in `Facts`; `region` (1-4) is asked of groups whose floor or cap depends on it. `base_salary`
    replaces the figure of the month where a text supposes one. Raises `BilingualError` for a missing region
    and `NotInForce` for a month before 2016.

    >>> one_month(Month(2026, 1), 5_310_000, region=1).total
    1699200
    """
    if region is None and worker_group in NEEDS_REGION:
        raise BilingualError(
            "Thiếu vùng lương tối thiểu nơi làm việc (region: I, II, III hoặc IV)",
            "The minimum-wage region of the workplace is missing (region: I, II, III or IV)",
            code="contribution.region",
        )
    facts = Facts(
        month=month.index,
        worker_group=worker_group,
        region=region or 1,
        pay_kind=pay_kind,
        wage=wage,
        coefficient_milli=coefficient_milli,
        reserve_milli=reserve_milli,
        position_milli=position_milli,
        beyond_frame_bp=beyond_frame_bp,
        seniority_bp=seniority_bp,
        other_pay=other_pay,
        part_time=part_time,
        low_injury_rate=low_injury_rate,
        budget_employer=budget_employer,
        ui_relief=ui_relief,
        unpaid_days=unpaid_days,
        sick_days=sick_days,
        maternity_days=maternity_days,
        agreed=agreed,
        first_month=first_month,
        si=si,
        hi=hi,
        ui=ui,
        wi=wi,
    )
    scale = BOOK.on(month)
    return dues(facts, scale if base_salary is None else scale.supposing(base_salary=base_salary))


def compulsory(
    wages: Sequence[int],
    on: date | Month,
    *,
    worker_group: WorkerGroup = WorkerGroup.EMPLOYEE,
    region: int | None = None,
    part_time: bool = False,
    base_salary: int | None = None,
) -> Compulsory:
    """Mức đóng bắt buộc hằng tháng của những người cùng nhóm: `wages` before floors and caps, dong a month.

    `on` is the month, or a day in it. A list where nobody is insured gives `eligible=False` and a reason:
    ``below_lowest_base`` (part-time work paid less than the lowest base) or ``group_not_covered``.

    >>> compulsory([5_310_000, 5_310_000], Month(2026, 1), region=1).total
    3398400
    """
    month = on if isinstance(on, Month) else Month.of(on)
    rows = [
        one_month(
            month,
            wage,
            worker_group=worker_group,
            region=region,
            part_time=part_time,
            base_salary=base_salary,
        )
        for wage in wages
    ]
    eligible = any(row.counted for row in rows)
    reason = "" if eligible else _reason(month, worker_group)
    return Compulsory(
        eligible=eligible,
        reason=reason,
        si_base=sum(row.si_base for row in rows),
        hi_base=sum(row.hi_base for row in rows),
        ui_base=sum(row.ui_base for row in rows),
        si=sum(row.sickness_maternity + row.pension_survivors for row in rows),
        hi=sum(row.health for row in rows),
        ui=sum(row.unemployment for row in rows),
        work_injury=sum(row.work_injury for row in rows),
        employee_total=sum(row.worker_total for row in rows),
        employer_total=sum(row.employer_total for row in rows),
        total=sum(row.total for row in rows),
    )


def _reason(month: Month, worker_group: WorkerGroup) -> str:
    is_group_covered = covered.on(month)(worker_group, False, 0, BOOK.on(month))
    return BELOW_LOWEST_BASE if is_group_covered else GROUP_NOT_COVERED

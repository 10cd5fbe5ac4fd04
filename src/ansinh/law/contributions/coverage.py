"""Ai đóng vào quỹ nào, tháng nào phải đóng: who is insured in which fund, and the 14-day rule."""

from typing import NamedTuple

from ansinh.law.contributions.book import ContributionsScale
from ansinh.law.contributions.facts import MonthDue
from ansinh.law.contributions.groups import WorkerGroup
from ansinh.law.engine import provision, versions

SELF_PAYERS = (WorkerGroup.HOUSEHOLD_OWNER, WorkerGroup.UNPAID_MANAGER)
STAFF = (
    WorkerGroup.EMPLOYEE,
    WorkerGroup.STATE_SCALE,
    WorkerGroup.FOREIGN,
    WorkerGroup.COMMUNE_PART_TIME,
)
WITH_UNEMPLOYMENT = (WorkerGroup.EMPLOYEE, WorkerGroup.STATE_SCALE)
WITH_WORK_INJURY = (
    WorkerGroup.EMPLOYEE,
    WorkerGroup.STATE_SCALE,
    WorkerGroup.ARMED_FORCES,
    WorkerGroup.FOREIGN,
    WorkerGroup.CONSCRIPT,
)
# Days without pay say nothing about these: nobody pays them by the working day.
NOT_BY_THE_DAY_2014 = (WorkerGroup.CONSCRIPT, WorkerGroup.ABROAD)
NOT_BY_THE_DAY_2024 = (*NOT_BY_THE_DAY_2014, *SELF_PAYERS)


class Absence(NamedTuple):
    """Ngày vắng trong tháng: working days, and what excuses them."""

    unpaid_days: int
    sick_days: int
    maternity_days: int
    first_month: bool
    agreed: bool


@provision(
    "contribution.covered",
    clause="58/2014/QH13, Điều 2",
    since="2016-01-01",
    until="2018-11-30",
    term="thuộc đối tượng bảo hiểm xã hội bắt buộc",
)
def covered_2014(worker_group: int, part_time: bool, monthly_pay: int, scale: ContributionsScale) -> bool:  # noqa: ARG001 - as its last version
    """Vietnamese workers; not yet foreigners, owners of household businesses or unpaid managers."""
    return worker_group not in SELF_PAYERS and worker_group != WorkerGroup.FOREIGN


@provision(
    "contribution.covered",
    clause="58/2014/QH13, Điều 2; 143/2018/NĐ-CP, Điều 2, Điều 17",
    since="2018-12-01",
    until="2025-06-30",
    term="thuộc đối tượng bảo hiểm xã hội bắt buộc",
)
def covered_2018(worker_group: int, part_time: bool, monthly_pay: int, scale: ContributionsScale) -> bool:  # noqa: ARG001 - as its last version
    """Foreign employees too; not yet owners of household businesses or unpaid managers."""
    return worker_group not in SELF_PAYERS


@provision(
    "contribution.covered",
    clause="41/2024/QH15, Điều 2 khoản 1, 2, Điều 31 khoản 1 điểm đ",
    since="2025-07-01",
    term="thuộc đối tượng bảo hiểm xã hội bắt buộc",
)
def covered_2024(worker_group: int, part_time: bool, monthly_pay: int, scale: ContributionsScale) -> bool:  # noqa: ARG001 - as its first version
    """Everybody, but for part-time work paid less than the lowest contribution wage."""
    return not (part_time and monthly_pay < scale.base_salary)


covered = versions(covered_2014, covered_2018, covered_2024)


@provision(
    "contribution.health_covered",
    clause="25/2008/QH12, Điều 12 khoản 1; 46/2014/QH13, Điều 1; 595/QĐ-BHXH, Điều 17 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="thuộc nhóm người lao động và người sử dụng lao động đóng bảo hiểm y tế",
)
def health_covered_2014(worker_group: int, is_covered: bool) -> bool:  # noqa: ARG001 - as its second version
    """Staff, foreigners included; soldiers and conscripts are insured by the State budget."""
    return worker_group in STAFF


@provision(
    "contribution.health_covered",
    clause="51/2024/QH15, Điều 1; 188/2025/NĐ-CP, Điều 6 khoản 1",
    since="2025-07-01",
    term="thuộc nhóm người lao động và người sử dụng lao động đóng bảo hiểm y tế",
)
def health_covered_2024(worker_group: int, is_covered: bool) -> bool:
    """Staff, owners of household businesses and unpaid managers; part-time work as for social insurance."""
    return is_covered and (worker_group in STAFF or worker_group in SELF_PAYERS)


health_covered = versions(health_covered_2014, health_covered_2024)


@provision(
    "contribution.month_due",
    clause="58/2014/QH13, Điều 39 khoản 2, Điều 85 khoản 3, Điều 86 khoản 4; "
    "595/QĐ-BHXH, Điều 42 khoản 4, 5, 6; 143/2018/NĐ-CP, Điều 12 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="tháng phải đóng bảo hiểm xã hội",
)
def month_due_2014(worker_group: int, absence: Absence, scale: ContributionsScale) -> MonthDue:
    """Not due from 14 working days without pay; on maternity leave the month counts all the same."""
    if worker_group in NOT_BY_THE_DAY_2014:
        return MonthDue(due=True, counted=True)
    if absence.maternity_days >= scale.unpaid_days_limit:
        return MonthDue(due=False, counted=True)
    away = absence.unpaid_days + absence.sick_days + absence.maternity_days
    due = away < scale.unpaid_days_limit
    return MonthDue(due=due, counted=due)


@provision(
    "contribution.month_due",
    clause="41/2024/QH15, Điều 33 khoản 5, 6, Điều 34 khoản 3, Điều 53 khoản 8; 158/2025/NĐ-CP, Điều 9",
    since="2025-07-01",
    term="tháng phải đóng bảo hiểm xã hội",
)
def month_due_2024(worker_group: int, absence: Absence, scale: ContributionsScale) -> MonthDue:
    """As before, but due where both sides agree to it, and in a first month spent on sickness benefit."""
    if worker_group in NOT_BY_THE_DAY_2024:
        return MonthDue(due=True, counted=True)
    if absence.maternity_days >= scale.unpaid_days_limit:
        return MonthDue(due=False, counted=True)
    away = absence.unpaid_days + absence.sick_days + absence.maternity_days
    sick_first = absence.first_month and absence.sick_days >= scale.unpaid_days_limit
    agreed = absence.agreed and worker_group != WorkerGroup.COMMUNE_PART_TIME
    due = away < scale.unpaid_days_limit or sick_first or agreed
    return MonthDue(due=due, counted=due)


month_due = versions(month_due_2014, month_due_2024)


@provision(
    "contribution.health_month_due",
    clause="595/QĐ-BHXH, Điều 42 khoản 4, 5, 6; 146/2018/NĐ-CP, Điều 7; 25/2008/QH12, Điều 12 khoản 2; "
    "51/2024/QH15, Điều 1",
    since="2016-01-01",
    term="tháng phải đóng bảo hiểm y tế",
)
def health_month_due(worker_group: int, absence: Absence, scale: ContributionsScale) -> bool:
    """Due while unpaid; not by worker and employer from 14 working days of sickness or maternity leave.

    On maternity leave (from 07/2025 on sickness benefit too) the social insurance fund pays instead.
    """
    if worker_group in SELF_PAYERS:
        return True
    limit = scale.unpaid_days_limit
    due: bool = absence.sick_days < limit and absence.maternity_days < limit
    return due


@provision(
    "contribution.unemployment_month_due",
    clause="28/2015/NĐ-CP, Điều 11; 595/QĐ-BHXH, Điều 42 khoản 5, 6; 74/2025/QH15, Điều 33 khoản 4",
    since="2016-01-01",
    term="tháng phải đóng bảo hiểm thất nghiệp",
)
def unemployment_month_due(absence: Absence, scale: ContributionsScale) -> bool:
    """Not due from 14 working days without pay, whatever was agreed for social insurance."""
    away = absence.unpaid_days + absence.sick_days + absence.maternity_days
    due: bool = away < scale.unpaid_days_limit
    return due


@provision(
    "contribution.maternity_days",
    clause="58/2014/QH13, Điều 34 khoản 1, Điều 39 khoản 2; 41/2024/QH15, Điều 53",
    since="2016-01-01",
    term="ngày nghỉ thai sản xét tháng phải đóng",
)
def maternity_days_counted(maternity_days: int, months_recorded: int, scale: ContributionsScale) -> int:
    """Maternity days that decide the month: none once the whole leave is recorded in earlier months."""
    if months_recorded >= scale.maternity_leave_months:
        return 0
    return maternity_days

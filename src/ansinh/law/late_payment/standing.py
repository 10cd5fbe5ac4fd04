"""Chưa đến hạn, chậm đóng, trốn đóng: how an unpaid sum stands on a day, and which days are charged.

The clauses count in days after the last day for payment, so that they serve one sum and a column alike.
"""

from typing import Literal

from ansinh.law.engine import provision

__all__ = [
    "Standing",
    "evaded_days",
    "late_days",
    "payment_month",
    "standing",
    "unregistered_standing",
]

Standing = Literal["not_due", "late", "evaded"]


@provision(
    "late_payment.payment_month",
    clause="41/2024/QH15, Điều 34 khoản 4; 595/QĐ-BHXH, Điều 7 khoản 1, 2",
    since="2016-01-01",
    term="tháng có ngày cuối cùng của thời hạn đóng",
)
def payment_month(month: int, cycle: int, grace_months: int) -> int:
    """Tháng phải đóng chậm nhất: the month whose last day is the last for payment.

    Months are counted as year x 12 + month - 1, so that cycles of 1, 3 and 6 months begin in January.
    ``grace_months`` after the cycle ends are still in time.

    >>> payment_month(12, 1, 1), payment_month(12, 3, 1), payment_month(17, 6, 0)
    (13, 15, 17)
    """
    return month - month % cycle + cycle - 1 + grace_months


@provision(
    "late_payment.standing",
    clause="58/2014/QH13, Điều 122 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="tình trạng của số tiền phải đóng",
)
def standing_before(days_overdue: int) -> Standing:
    """Chưa đến hạn hay chậm đóng: by the law of 2014 evasion is found by inspection, not by the calendar.

    ``days_overdue`` is the number of days after the last day for payment, zero or less until then.

    >>> standing_before(0), standing_before(1), standing_before(400)
    ('not_due', 'late', 'late')
    """
    if days_overdue <= 0:
        return "not_due"
    return "late"


@provision(
    "late_payment.standing",
    clause="41/2024/QH15, Điều 38 khoản 1, Điều 39 khoản 1 điểm đ, e, khoản 2; 25/2008/QH12, Điều 48a, 48b",
    since="2025-07-01",
    term="tình trạng của số tiền phải đóng",
)
def standing(days_overdue: int, urged: bool, excused: bool, evasion_after: int) -> Standing:
    """Chưa đến hạn, chậm đóng hay trốn đóng: of a sum that was declared and is not paid.

    Evaded when unpaid more than ``evasion_after`` days after the last day for payment and urged in writing.
    ``excused`` is a declared disaster, epidemic, emergency or other force majeure: then it stays late.

    >>> standing(60, True, False, 60), standing(61, True, False, 60)
    ('late', 'evaded')
    >>> standing(61, False, False, 60), standing(61, True, True, 60)
    ('late', 'late')
    """
    if days_overdue <= 0:
        return "not_due"
    if days_overdue > evasion_after and urged and not excused:
        return "evaded"
    return "late"


@provision(
    "late_payment.unregistered_standing",
    clause="41/2024/QH15, Điều 38 khoản 2, 3, Điều 39 khoản 1 điểm a, b, khoản 2",
    since="2025-07-01",
    term="tình trạng của người chưa được đăng ký tham gia",
)
def unregistered_standing(days_overdue: int, excused: bool, evasion_after: int) -> Standing:
    """Chưa đăng ký tham gia: of contributions for somebody not registered; no urging is needed here.

    ``days_overdue`` counts from the last day to register, not from the last day to pay.

    >>> unregistered_standing(60, False, 60), unregistered_standing(61, False, 60)
    ('late', 'evaded')
    """
    if days_overdue <= 0:
        return "not_due"
    if days_overdue > evasion_after and not excused:
        return "evaded"
    return "late"


@provision(
    "late_payment.late_days",
    clause="41/2024/QH15, Điều 40 khoản 1, Điều 141 khoản 12; 25/2008/QH12, Điều 49 khoản 2",
    since="2025-07-01",
    term="số ngày chậm đóng bị tính",
)
def late_days(
    days_overdue: int,
    days_before: int,
    evaded: bool,
    evasion_after: int,
    charge_first_days: bool,
) -> int:
    """Số ngày chậm đóng: days charged as late payment of a sum unpaid for ``days_overdue`` days.

    ``days_before`` of them fell before the first day that this law charges, or are charged already. Of an
    evaded sum the first
    ``evasion_after`` days are late payment if ``charge_first_days``, and charged as nothing if not.

    >>> late_days(45, 0, False, 60, True), late_days(90, 0, True, 60, True), late_days(90, 0, True, 60, False)
    (45, 60, 0)
    >>> late_days(400, 380, False, 60, True)
    20
    """
    if evaded and not charge_first_days:
        return 0
    if evaded:
        return max(min(days_overdue, evasion_after) - days_before, 0)
    return max(days_overdue - days_before, 0)


@provision(
    "late_payment.evaded_days",
    clause="41/2024/QH15, Điều 41 khoản 1, Điều 141 khoản 12; 25/2008/QH12, Điều 49 khoản 3",
    since="2025-07-01",
    term="số ngày trốn đóng bị tính",
)
def evaded_days(days_overdue: int, days_before: int, evaded: bool, evasion_after: int) -> int:
    """Số ngày trốn đóng: days charged as evasion, those after the first ``evasion_after`` days.

    >>> evaded_days(90, 0, True, 60), evaded_days(90, 0, False, 60), evaded_days(400, 380, True, 60)
    (30, 0, 20)
    """
    if not evaded:
        return 0
    return max(days_overdue - max(evasion_after, days_before), 0)

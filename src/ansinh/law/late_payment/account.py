"""Tình trạng và số ngày theo lịch: the clauses put to work on days of the calendar and on whole debts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.late_payment.book import BOOK
from ansinh.law.late_payment.charges import daily_charge
from ansinh.law.late_payment.standing import (
    Standing,
    evaded_days,
    late_days,
    payment_month,
    standing,
    standing_before,
    unregistered_standing,
)

__all__ = [
    "Account",
    "Debt",
    "DelayDays",
    "Line",
    "account",
    "classify",
    "classify_unregistered",
    "delay_days",
    "due_day",
    "registration_deadline",
]


class DelayDays(NamedTuple):
    """Số ngày bị tính: days charged as late payment and days charged as evasion."""

    late: int
    evaded: int


def due_day(month: Month, cycle: int = 1) -> date:
    """Thời hạn đóng chậm nhất: the last day on which a month's contribution is paid in time.

    ``cycle`` is 1, 3 or 6 months; cycles of 3 and 6 months begin in January. From July 2025 it is the last
    day of the month after the cycle; before, the last day of the cycle itself (41/2024/QH15, Điều 34 khoản 4;
    595/QĐ-BHXH, Điều 7). The law of the month the contribution is for decides. Raises ``BilingualError`` for
    another cycle and ``NotInForce`` before 2016.

    >>> due_day(Month(2026, 1)), due_day(Month(2026, 1), 3), due_day(Month(2025, 6))
    (datetime.date(2026, 2, 28), datetime.date(2026, 4, 30), datetime.date(2025, 6, 30))
    """
    if cycle not in (1, 3, 6):
        raise BilingualError(
            f"Phương thức đóng là 1, 3 hoặc 6 tháng một lần, không phải {cycle}",
            f"Contributions are paid every 1, 3 or 6 months, not {cycle}",
            code="late_payment.cycle",
        )
    return Month.from_index(payment_month(month.index, cycle, BOOK.on(month).grace_months)).last_day


def registration_deadline(liable_on: date) -> date:
    """Thời hạn nộp hồ sơ tham gia: last day to register somebody liable since ``liable_on``.

    41/2024/QH15, Điều 28 khoản 1: 30 days from that day. Raises ``NotInForce`` before 2025-07-01.
    """
    return liable_on + timedelta(days=BOOK.on(liable_on).registration_days)


def classify(due_on: date, as_of: date, urged: bool, force_majeure: bool) -> Standing:
    """Chưa đến hạn, chậm đóng hay trốn đóng: of a declared sum due on ``due_on`` and unpaid on ``as_of``.

    ``urged``: the office has urged in writing (41/2024/QH15, Điều 35). Before 2025-07-01 a sum is never
    evaded by the calendar alone. Raises ``NotInForce`` before 2016.

    >>> classify(date(2026, 8, 31), date(2026, 10, 30), urged=True, force_majeure=False)
    'late'
    >>> classify(date(2026, 8, 31), date(2026, 10, 31), urged=True, force_majeure=False)
    'evaded'
    """
    overdue = (as_of - due_on).days
    if as_of in standing_before.period:
        return standing_before(overdue)
    return standing(overdue, urged, force_majeure, BOOK.on(as_of).evasion_after_days)


def classify_unregistered(liable_on: date, as_of: date, force_majeure: bool) -> Standing:
    """Người chưa được đăng ký: standing of what is due for somebody not registered by ``as_of``.

    Late from the day after the 30-day limit, evaded from the 61st day after it.
    """
    overdue = (as_of - registration_deadline(liable_on)).days
    return unregistered_standing(overdue, force_majeure, BOOK.on(as_of).evasion_after_days)


def delay_days(due_on: date, as_of: date, state: Standing, *, first_days: str | None = None) -> DelayDays:
    """Số ngày chậm đóng, trốn đóng bị tính 0,03%/ngày: up to and including ``as_of``.

    Days before 2025-07-01 are not charged by the day. ``first_days`` overrides the open choice
    ``first_days_of_evasion`` (``"charged_as_late"`` or ``"left_out"``). Raises ``NotInForce`` before
    2025-07-01.

    >>> delay_days(date(2026, 8, 31), date(2026, 11, 29), "evaded")
    DelayDays(late=60, evaded=30)
    >>> delay_days(date(2025, 3, 31), date(2025, 7, 10), "late")
    DelayDays(late=10, evaded=0)
    """
    scale = BOOK.on(as_of)
    threshold = scale.evasion_after_days
    inclusive = scale.days_counted_from == "due_day"
    overdue = max((as_of - due_on).days, 0) + (1 if inclusive and as_of > due_on else 0)
    counted_from = due_on if inclusive else due_on + timedelta(days=1)
    before = max((date.fromisoformat(scale.first_charged_on) - counted_from).days, 0)
    charged = (first_days or scale.first_days_of_evasion) == "charged_as_late"
    evaded = state == "evaded"
    return DelayDays(
        late_days(overdue, before, evaded, threshold, charged),
        evaded_days(overdue, before, evaded, threshold),
    )


@dataclass(frozen=True, slots=True)
class Debt:
    """Một khoản chưa đóng: of one month and fund, in dong, with its last day for payment."""

    amount: int
    due_on: date
    urged: bool = False
    force_majeure: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của bảng tính: how one debt stands and what it is charged."""

    debt: Debt
    standing: Standing
    days: DelayDays
    late_charge: int
    evaded_charge: int


@dataclass(frozen=True, slots=True)
class Account:
    """Bảng tính số phải nộp: amounts in dong by standing, as mẫu C12-TS and 01-ĐĐ show them."""

    lines: tuple[Line, ...]

    def amount(self, state: Standing) -> int:
        """Số tiền chưa đóng theo tình trạng: without charges."""
        return sum(line.debt.amount for line in self.lines if line.standing == state)

    @property
    def late_charge(self) -> int:
        """Số tiền phải nộp do chậm đóng."""
        return sum(line.late_charge for line in self.lines)

    @property
    def evaded_charge(self) -> int:
        """Số tiền phải nộp do trốn đóng."""
        return sum(line.evaded_charge for line in self.lines)

    @property
    def total(self) -> int:
        """Tổng số tiền phải nộp: all debts and all charges."""
        return sum(line.debt.amount for line in self.lines) + self.late_charge + self.evaded_charge


def account(debts: Iterable[Debt], as_of: date, *, first_days: str | None = None) -> Account:
    """Lập bảng tính: classify every debt on ``as_of``, count its days and charge them.

    One charge per debt and kind, each rounded once. Raises ``NotInForce`` before 2025-07-01.
    """
    rate = BOOK.on(as_of).daily_rate
    lines = []
    for debt in debts:
        state = classify(debt.due_on, as_of, debt.urged, debt.force_majeure)
        days = delay_days(debt.due_on, as_of, state, first_days=first_days)
        lines.append(
            Line(
                debt,
                state,
                days,
                daily_charge(debt.amount, days.late, rate),
                daily_charge(debt.amount, days.evaded, rate),
            )
        )
    return Account(tuple(lines))

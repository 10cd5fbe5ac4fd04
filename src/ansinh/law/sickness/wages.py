"""Tiền lương tính trợ cấp ốm đau: the month whose contribution wage counts, and which contract's.

Maternity, sickness and prescribed rest lie within a contract: the last paid month before them counts. The
recorded pay of a month is whole dong, so a coefficient's pay is rounded half up before it is used.
"""

from datetime import date
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law import careers
from ansinh.law.careers import Career, Scheme, Spell, SpellKind
from ansinh.law.engine import provision, versions
from ansinh.law.sickness.book import BOOK

TERM = "tháng lấy tiền lương tính trợ cấp ốm đau"
CONTRACT_TERM = "hợp đồng đóng bảo hiểm xã hội"


class Record(NamedTuple):
    """Quá trình quanh tháng bắt đầu nghỉ.

    `month_before` is the kind of the month before (None when nothing is on record for it), `last_paid_month`
    the last paid month of the unbroken record before the leave, `paid_now` whether its own month has pay.
    """

    month_before: SpellKind | None
    last_paid_month: Month | None
    paid_now: bool


@provision(
    "sickness.wage_month",
    clause="58/2014/QH13, Điều 28 khoản 1; 59/2015/TT-BLĐTBXH, Điều 6 khoản 3, Điều 12 khoản 4; "
    "06/2021/TT-BLĐTBXH, Điều 1 khoản 3; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 5 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=TERM,
)
def wage_month_2014(
    month: Month, month_before: SpellKind | None, last_paid_month: Month | None, paid_now: bool
) -> Month | None:
    """The month before; in the first month of insurance, or back after an interruption, that month itself."""
    interrupted = month_before in (None, SpellKind.UNPAID)
    if paid_now and (interrupted or last_paid_month is None):
        return month
    return last_paid_month


@provision(
    "sickness.wage_month",
    clause="41/2024/QH15, Điều 45 khoản 1; 12/2025/TT-BNV, Điều 6 khoản 1 điểm a",
    since="2025-07-01",
    term=TERM,
)
def wage_month_2024(
    month: Month,
    month_before: SpellKind | None,  # noqa: ARG001 - as its first version
    last_paid_month: Month | None,
    paid_now: bool,
) -> Month | None:
    """The nearest month before; the first month of insurance, or back after the contract ended, itself."""
    if paid_now and last_paid_month is None:
        return month
    return last_paid_month


wage_month = versions(wage_month_2014, wage_month_2024)


@provision(
    "sickness.first_contract",
    clause="58/2014/QH13, Điều 85 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term=CONTRACT_TERM,
)
def first_contract_2014(starts: tuple[Month, ...]) -> int:
    """Of several contracts at once the one made first is insured: its place in the list."""
    return starts.index(min(starts))


@provision(
    "sickness.first_contract",
    clause="41/2024/QH15, Điều 2 khoản 5 điểm a",
    since="2025-07-01",
    term=CONTRACT_TERM,
)
def first_contract_2024(starts: tuple[Month, ...]) -> int:
    """Of several contracts at once the one made first is insured: its place in the list."""
    return starts.index(min(starts))


first_contract = versions(first_contract_2014, first_contract_2024)


def record_around(career: Career, month: Month) -> Record:
    """Đọc quá trình quanh một tháng; the record is unbroken while every month before has a row."""
    kind = _kind(career, month - 1)
    last_paid, earlier = None, month - 1
    while last_paid is None and (found := _kind(career, earlier)) is not None:
        if found == SpellKind.PAID:
            last_paid = earlier
        earlier = earlier - 1
    return Record(kind, last_paid, _kind(career, month) == SpellKind.PAID)


def wage_for(career: Career, month: Month, as_of: date) -> int | None:
    """Tiền lương tính trợ cấp của lần nghỉ bắt đầu trong `month`; None where the record does not tell it."""
    found = wage_month.on(as_of)(month, *record_around(career, month))
    return None if found is None else wage_of(career, found)


def contributed_months(career: Career, month: Month) -> int:
    """Số tháng đã đóng bắt buộc trước `month`: months on maternity leave counted as contributed."""
    return sum(one < month for one in careers.contributed_months(career, Scheme.COMPULSORY))


def wage_of(career: Career, month: Month) -> int | None:
    """Tiền lương đóng của tháng, dong: None when the record has no pay for it."""
    rows = [spell for spell in _rows(career, month) if spell.kind == SpellKind.PAID]
    if not rows:
        return None
    row = rows[0]
    if len(rows) > 1:
        starts = tuple(_start(career, spell) for spell in rows)
        row = rows[first_contract.on(month)(starts)]
    pay = row.wage if row.coefficient is None else row.pay(BOOK.on(month).base_salary)
    return None if pay is None else half_up(pay)


def _rows(career: Career, month: Month) -> list[Spell]:
    return [spell for spell in career.spells if month in spell and spell.scheme == Scheme.COMPULSORY]


def _kind(career: Career, month: Month) -> SpellKind | None:
    kinds = [spell.kind for spell in _rows(career, month)]
    # Paid by one contract is paid; unpaid leave from one interrupts nothing while another goes on.
    return min(kinds, key=lambda kind: (kind != SpellKind.PAID, kind == SpellKind.UNPAID), default=None)


def _start(career: Career, row: Spell) -> Month:
    if not row.employer:
        return row.first
    return min(spell.first for spell in career.spells if spell.employer == row.employer)

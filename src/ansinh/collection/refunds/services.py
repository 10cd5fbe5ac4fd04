"""Hoàn trả C16-TS: prepare, assess, approve, refuse. Whoever prepared cannot approve (also a constraint)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ansinh.collection.models import Declaration, Receipt, Refund
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Line
from ansinh.office.models import Period, Unit
from ansinh.office.rights import Actor, require
from ansinh.registers import access, selectors
from ansinh.registers.models import Employer

REASON_MAX = 200
CLAUSE = "366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2 điểm b"


class RefundError(BilingualError):
    """Không hoàn trả được: why, in both languages."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Người đã đóng tự nguyện hoặc BHYT tự đóng cho tháng nay đóng bắt buộc: months from `first` on."""

    person_id: int
    payee: str
    voluntary: bool
    wage: int
    first: int
    months: int
    note: str
    unit_code: str


def from_declaration(*, actor: Actor, declaration: Declaration, owed: Sequence[Owed]) -> list[Refund]:
    """Lập sẵn hoàn trả cho người vừa báo tăng. The caller's transaction; one statement.

    The amount is 0 until an officer assesses it: what the person paid themselves, after the state's support
    and the household's reductions, is not in the employer's list. The account comes from the note column.
    """
    return Refund.objects.bulk_create(
        Refund(
            office_id=declaration.office_id,
            person_id=o.person_id,
            declaration=declaration,
            account="531.pension_survivors" if o.voluntary else "531.health",
            reason=_reason(o),
            amount=0,
            payee=o.payee[:120],
            bank_account=account_in(o.note),
            prepared_by=actor.user,
        )
        for o in owed
    )


def _reason(owed: Owed) -> str:
    what = "BHXH tự nguyện" if owed.voluntary else "BHYT tự đóng, được hỗ trợ"
    many = f" ({owed.months} tháng)" if owed.months else ""
    since = Month.from_index(owed.first).vi()
    text = f"Hoàn trả {what} từ {since}{many}: đóng bắt buộc tại {owed.unit_code} ({CLAUSE})"
    return text[:REASON_MAX]


OTHER_NUMBER = re.compile(
    r"\b(cccd|can cuoc|cmnd|ddcn|dinh danh|ho chieu|ma so bhxh|so bhxh|mst|ma so thue|sdt|dt|dien thoai)\W*$"
)


def account_in(note: str) -> str:
    """Số tài khoản trong cột ghi chú, with the bank's name if it is short enough; "" when there is none.

    >>> account_in("STK 1020 3040 5060 Vietinbank Lạng Sơn")
    '102030405060 Vietinbank Lạng Sơn'

    A number that says what else it is, is no account:

    >>> account_in("CCCD 020184900148"), account_in("ĐT: 0912345678; STK 0201000123456 VCB")
    ('', '0201000123456 VCB')
    """
    numbers = re.finditer(r"(?<![\d/])\d(?:[ .\-]?\d){5,19}(?![\d/])", note)
    found = next((n for n in numbers if not OTHER_NUMBER.search(fold(note[: n.start()]))), None)
    if found is None:
        return ""
    rest = " ".join(note[found.end() :].partition(";")[0].strip(" ,;:-").split())
    return f"{re.sub(r'[ .-]', '', found[0])} {rest}".strip()[:60]


@transaction.atomic
def prepare(
    *,
    actor: Actor,
    amount: int,
    reason: str,
    payee: str,
    bank_account: str,
    employer: Employer | None = None,
    receipt: Receipt | None = None,
) -> Refund:
    """Lập hoàn trả: money sent by mistake (a receipt in suspense), or paid twice or too much (surplus).

    A receipt in suspense goes back whole; of a matched one, or of an employer's surplus, as much as is not
    allocated. Raises RefundError; Employer.DoesNotExist or Receipt.DoesNotExist outside the scope.
    """
    source = receipt or employer
    if source is not None:
        require(actor, "refund.prepare", at=source)
    if receipt is not None:
        receipt = (
            Receipt.objects.select_for_update(of=("self",))
            .select_related("account__office")
            .filter(actor.within("refund.prepare", "account__office__path"))
            .get(pk=receipt.pk)
        )
        employer = employer or receipt.employer
    if amount <= 0:
        raise RefundError("Số tiền phải lớn hơn 0.", "The amount must be above zero.", code="refund.amount")
    if not reason.strip() or not payee.strip():
        raise RefundError("Thiếu lý do hoặc người nhận.", "Reason or payee is missing.", code="refund.fields")
    if receipt is not None and receipt.state != Receipt.State.MATCHED:
        _whole(receipt, amount)
        office, account, party = receipt.account.office, ledger.SUSPENSE, None
    elif employer is not None:
        party = _within_surplus(actor, employer, amount)
        office, account = party.office, ledger.SURPLUS
    else:
        raise RefundError(
            "Chọn khoản tiền hoặc đơn vị.", "Choose a receipt or an employer.", code="refund.fields"
        )
    return Refund.objects.create(
        office=office,
        employer=party,
        receipt=receipt,
        account=account,
        reason=reason.strip()[:REASON_MAX],
        amount=amount,
        payee=payee.strip()[:120],
        bank_account=bank_account.strip()[:60],
        prepared_by=actor.user,
    )


def _whole(receipt: Receipt, amount: int) -> None:
    if receipt.state == Receipt.State.REFUNDED:
        raise RefundError("Khoản tiền đã hoàn trả.", "The receipt was refunded.", code="refund.twice")
    if amount != receipt.amount:
        raise RefundError(
            f"Tiền chưa rõ đơn vị phải hoàn trả toàn bộ {format_dong(receipt.amount)}.",
            f"Money in suspense goes back whole: {format_dong(receipt.amount)}.",
            code="refund.whole",
        )
    if Refund.objects.filter(receipt=receipt, state=Refund.State.PREPARED).exists():
        raise RefundError(
            "Khoản tiền này đã được lập hoàn trả.", "A refund of it is prepared already.", code="refund.twice"
        )


def _within_surplus(actor: Actor, employer: Employer, amount: int) -> Employer:
    """The employer, locked, when what is left of its surplus covers the amount."""
    held = (
        access.employers(actor, "refund.prepare")
        .select_for_update(of=("self",), no_key=True)
        .select_related("office")
        .get(pk=employer.pk)
    )
    waiting = Refund.objects.filter(employer=held, state=Refund.State.PREPARED, account=ledger.SURPLUS)
    left = surplus(held) - (waiting.aggregate(total=Sum("amount"))["total"] or 0)
    if amount > left:
        raise RefundError(
            f"Số tiền vượt số dư chưa phân bổ của đơn vị ({format_dong(max(left, 0))}).",
            f"More than the employer's unallocated money ({format_dong(max(left, 0))}).",
            code="refund.surplus",
        )
    return held


def surplus(employer: Employer) -> int:
    """Tiền đơn vị đã nộp chưa phân bổ, đồng, by the ledger."""
    lines = Line.objects.filter(account_id=ledger.SURPLUS, party_id=employer.pk)
    return -(lines.aggregate(total=Sum("amount"))["total"] or 0)


@transaction.atomic
def assess(*, actor: Actor, refund: Refund, amount: int, bank_account: str = "") -> Refund:
    """Xác định số tiền của một hoàn trả lập tự động; who assesses becomes its preparer."""
    require(actor, "refund.prepare", at=refund)
    current = _locked(actor, refund, "refund.prepare")
    if current.state != Refund.State.PREPARED or current.declaration_id is None:
        raise RefundError("Hoàn trả này không còn sửa được.", "It cannot be changed.", code="refund.state")
    if amount <= 0:
        raise RefundError("Số tiền phải lớn hơn 0.", "The amount must be above zero.", code="refund.amount")
    current.amount = amount
    current.bank_account = bank_account.strip()[:60] or current.bank_account
    current.prepared_by = actor.user
    current.save(update_fields=["amount", "bank_account", "prepared_by"])
    return current


@transaction.atomic
def approve(*, actor: Actor, refund: Refund) -> Refund:
    """Duyệt và ghi sổ: Dr the account it comes from / Cr 112, in the open month. Approving twice posts once.

    Raises RefundError for the preparer, a refund without an amount or account number, or one refused.
    """
    require(actor, "refund.approve", at=refund)
    current = _locked(actor, refund, "refund.approve")
    if current.state == Refund.State.APPROVED:
        return current
    _approvable(actor, current)
    province = selectors.province_of(current.office)
    month = _open_month(province)
    if current.account == ledger.SURPLUS and current.employer is not None:
        Employer.objects.select_for_update(no_key=True).get(pk=current.employer.pk)
        if current.amount > surplus(current.employer):
            raise RefundError(
                "Số dư của đơn vị không còn đủ.", "The surplus no longer covers it.", code="refund.surplus"
            )
    if current.account == ledger.SUSPENSE and current.receipt_id:
        receipt = Receipt.objects.select_for_update().get(pk=current.receipt_id)
        if receipt.state != Receipt.State.SUSPENSE:
            raise RefundError(
                "Khoản tiền đã được khớp hoặc hoàn trả.",
                "The receipt is no longer in suspense.",
                code="refund.twice",
            )
        receipt.state = Receipt.State.REFUNDED
        receipt.save(update_fields=["state"])
    ledger.post(
        key=f"refund:{current.pk}",
        kind="refund",
        unit_id=province.pk,
        month=month,
        posted_on=timezone.localdate(),
        sides=[
            ledger.Side(current.account, current.amount, current.employer_id),
            ledger.Side(ledger.BANK, -current.amount),
        ],
        text=current.reason,
    )
    current.state = Refund.State.APPROVED
    current.approved_by = actor.user
    current.approved_at = timezone.now()
    current.month = month
    current.save(update_fields=["state", "approved_by", "approved_at", "month"])
    return current


def _approvable(actor: Actor, refund: Refund) -> None:
    if refund.prepared_by_id == actor.user.pk:
        raise RefundError(
            "Người lập không được duyệt.", "Whoever prepared it cannot approve it.", code="refund.two_people"
        )
    if refund.state != Refund.State.PREPARED:
        raise RefundError("Hoàn trả đã bị từ chối.", "It was refused.", code="refund.state")
    if refund.amount <= 0:
        raise RefundError("Chưa xác định số tiền.", "The amount is not assessed.", code="refund.amount")
    if not refund.bank_account:
        raise RefundError("Thiếu tài khoản nhận.", "The account to pay is missing.", code="refund.account")


@transaction.atomic
def refuse(*, actor: Actor, refund: Refund, reason: str) -> Refund:
    """Không duyệt, kèm lý do."""
    require(actor, "refund.approve", at=refund)
    current = _locked(actor, refund, "refund.approve")
    if current.state == Refund.State.REFUSED:
        return current
    if current.state != Refund.State.PREPARED:
        raise RefundError("Hoàn trả đã duyệt.", "It was approved.", code="refund.state")
    if not reason.strip():
        raise RefundError("Thiếu lý do.", "The reason is missing.", code="refund.fields")
    said = f" — Không duyệt: {reason.strip()}"[:REASON_MAX]
    current.reason = current.reason[: REASON_MAX - len(said)] + said
    current.state = Refund.State.REFUSED
    current.save(update_fields=["state", "reason"])
    return current


def _locked(actor: Actor, refund: Refund, verb: str) -> Refund:
    scope = Refund.objects.select_for_update(of=("self",)).select_related("office", "employer")
    return scope.filter(actor.within(verb)).get(pk=refund.pk)


def _open_month(province: Unit) -> int:
    opened = Period.objects.filter(unit=province, state=Period.State.OPEN).order_by("-month").first()
    if opened is None:
        raise RefundError("Chưa mở kỳ thu.", "No month is open.", code="refund.month")
    return opened.month

"""Hoàn trả C16-TS: prepare, assess, approve, refuse. Whoever wrote any of it cannot decide (also a trigger).

A refund carries the most that the payer's record allows (`most`, see `bounds`); no amount is above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from ansinh.collection.models import Declaration, Receipt, Refund
from ansinh.collection.refunds import bounds, casework
from ansinh.collection.refunds.bounds import Bound, Cover
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.kernel.words import Words
from ansinh.ledger import services as ledger
from ansinh.office import hands
from ansinh.office.cases import services as cases
from ansinh.office.cases.models import Case
from ansinh.office.models import Period, Unit
from ansinh.office.rights import Actor, require
from ansinh.registers import access, selectors
from ansinh.registers.models import Employer

THING = casework.THING
REASON_MAX = 200
CLAUSE = "366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2 điểm b"


class RefundError(BilingualError):
    """Không hoàn trả được: why, in both languages."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Người đã tự đóng cho tháng nay đóng bắt buộc: who they are, and what covered those months."""

    person_id: int
    payee: str
    cover: Cover
    note: str
    unit_code: str


@transaction.atomic
def from_declaration(*, actor: Actor, declaration: Declaration, owed: Sequence[Owed]) -> list[Refund]:
    """Lập sẵn hoàn trả cho người vừa báo tăng. A constant number of statements.

    The amount is 0 until an officer assesses it: what the person paid themselves, after the state's support
    and the household's reductions, is not in the employer's list. The account comes from the note column, so
    whoever wrote the list is a maker of the refund too, as is whoever booked it.
    """
    found = [bounds.of_cover(o.cover) for o in owed]
    made = Refund.objects.bulk_create(
        Refund(
            office_id=declaration.office_id,
            person_id=o.person_id,
            declaration=declaration,
            account="531.pension_survivors" if o.cover.voluntary else "531.health",
            reason=_reason(o),
            amount=0,
            most=bound.most,
            because=list(bound.because),
            payee=o.payee[:120],
            bank_account=account_in(o.note),
            prepared_by=actor.user,
        )
        for o, bound in zip(owed, found, strict=True)
    )
    casework.open_many(actor, made)
    hands.inherit("declaration", declaration.pk, THING, [refund.pk for refund in made])
    return made


def _reason(owed: Owed) -> str:
    cover = owed.cover
    what = "BHXH tự nguyện" if cover.voluntary else "BHYT tự đóng, được hỗ trợ"
    many = f" ({cover.months} tháng)" if cover.months else ""
    since = Month.from_index(cover.first).vi()
    text = f"Hoàn trả {what} từ {since}{many}: đóng bắt buộc tại {owed.unit_code} ({CLAUSE})"
    return text[:REASON_MAX]


OTHER_NUMBER = re.compile(
    r"\b(cccd|can cuoc|cmnd|ddcn|dinh danh|ho chieu|ma so bhxh|so bhxh|mst|ma so thue|sdt|dt|dien thoai)\W*$"
)


def account_in(note: str) -> str:
    """Số tài khoản trong cột ghi chú: with the bank's name if it is short enough; "" when there is none.

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

    A receipt in suspense goes back whole; of a matched one, what is left of it and not allocated; of an
    employer's surplus, as much as is not allocated. Raises RefundError; Employer.DoesNotExist or
    Receipt.DoesNotExist outside the scope.
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
    if not reason.strip() or not payee.strip():
        raise RefundError("Thiếu lý do hoặc người nhận.", "Reason or payee is missing.", code="refund.fields")
    if receipt is not None and receipt.state != Receipt.State.MATCHED:
        _whole(receipt, amount)
        office, account, party = receipt.account.office, ledger.SUSPENSE, None
        bound = left_of(receipt, None)
    elif employer is not None:
        party = _held(actor, receipt.employer if receipt and receipt.employer else employer)
        office, account = party.office, ledger.SURPLUS
        bound = left_of(receipt, party)
    else:
        raise RefundError(
            "Chọn khoản tiền hoặc đơn vị.", "Choose a receipt or an employer.", code="refund.fields"
        )
    _within(amount, bound)
    made = Refund.objects.create(
        office=office,
        employer=party,
        receipt=receipt,
        account=account,
        reason=reason.strip()[:REASON_MAX],
        amount=amount,
        most=bound.most,
        because=list(bound.because),
        payee=payee.strip()[:120],
        bank_account=bank_account.strip()[:60],
        prepared_by=actor.user,
    )
    casework.open_many(actor, [made])
    casework.assessed(actor, made)
    return made


def _within(amount: int, bound: Bound) -> None:
    """Raise RefundError (``refund.amount``, ``refund.most``) for nothing, or more than the record allows."""
    if amount <= 0:
        raise RefundError("Số tiền phải lớn hơn 0.", "The amount must be above zero.", code="refund.amount")
    if amount > bound.most:
        vi, en = bound.because[0] if bound.because else Words("", "")
        raise RefundError(
            f"Số tiền vượt mức nhiều nhất được hoàn trả ({format_dong(bound.most)}). {vi}".strip(),
            f"More than can be given back ({format_dong(bound.most)}). {en}".strip(),
            code="refund.most",
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


def _held(actor: Actor, employer: Employer) -> Employer:
    """The employer, locked: two refunds of its surplus are prepared one after the other."""
    scope = access.employers(actor, "refund.prepare").select_for_update(of=("self",), no_key=True)
    return scope.select_related("office").get(pk=employer.pk)


def left_of(receipt: Receipt | None, employer: Employer | None) -> Bound:
    """Còn hoàn trả được bao nhiêu: of a receipt in suspense, a matched receipt, or an employer's surplus.

    Refunds already prepared or approved of the same money count as given back.
    """
    parts: list[tuple[int, Words]] = []
    if receipt is not None:
        given = _sum(Refund.objects.filter(receipt=receipt).exclude(state=Refund.State.REFUSED))
        left = receipt.amount - given
        parts.append(
            (
                left,
                Words(
                    f"Khoản tiền {receipt.reference}: {format_dong(receipt.amount)}, đã lập hoàn trả "
                    f"{format_dong(given)}, còn {format_dong(left)}.",
                    f"Receipt {receipt.reference}: {format_dong(receipt.amount)}, refunds of it "
                    f"{format_dong(given)}, left {format_dong(left)}.",
                ),
            )
        )
    if employer is not None:
        held = surplus(employer)
        waiting = _sum(
            Refund.objects.filter(employer=employer, state=Refund.State.PREPARED, account=ledger.SURPLUS)
        )
        left = held - waiting
        parts.append(
            (
                left,
                Words(
                    f"Tiền chưa phân bổ của đơn vị {format_dong(held)}, hoàn trả đang chờ duyệt "
                    f"{format_dong(waiting)}, còn {format_dong(left)}.",
                    f"The employer's unallocated money {format_dong(held)}, refunds waiting "
                    f"{format_dong(waiting)}, left {format_dong(left)}.",
                ),
            )
        )
    parts.sort(key=lambda part: part[0])  # the tightest first: it is the one a refusal names
    return Bound(max(parts[0][0], 0), tuple(words for _, words in parts))


def _sum(refunds: QuerySet[Refund]) -> int:
    return int(refunds.aggregate(total=Sum("amount"))["total"] or 0)


def surplus(employer: Employer) -> int:
    """Tiền đơn vị đã nộp chưa phân bổ, đồng: by the ledger."""
    return ledger.surplus(units=selectors.above(employer.office), party_id=employer.pk)


def as_seen(refund: Refund) -> str:
    """Dấu của một hoàn trả: everything its page shows and a decision is about, its makers included."""
    return hands.seen(
        refund.pk,
        refund.state,
        refund.amount,
        refund.most,
        refund.because,
        refund.account,
        refund.payee,
        refund.bank_account,
        refund.reason,
        refund.office_id,
        refund.employer_id,
        refund.person_id,
        refund.receipt_id,
        refund.declaration_id,
        hands.makers(THING, refund.pk),
    )


@transaction.atomic
def assess(*, actor: Actor, refund: Refund, amount: int, bank_account: str = "") -> Refund:
    """Xác định số tiền của một hoàn trả lập tự động; who assesses becomes a maker of it.

    Raises RefundError, code ``refund.most``, for more than the register proves.
    """
    require(actor, "refund.prepare", at=refund)
    current = _locked(actor, refund, "refund.prepare")
    if current.state != Refund.State.PREPARED or current.declaration_id is None:
        raise RefundError("Hoàn trả này không còn sửa được.", "It cannot be changed.", code="refund.state")
    _within(amount, Bound(current.most, tuple(Words(*given) for given in current.because)))
    current.amount = amount
    current.bank_account = bank_account.strip()[:60] or current.bank_account
    current.prepared_by = actor.user
    current.save(update_fields=["amount", "bank_account", "prepared_by"])
    cases.answer(
        actor=actor, case=casework.of(current), step="assess", answer={"amount": amount}, act="assess"
    )
    return current


@transaction.atomic
def approve(*, actor: Actor, refund: Refund, seen: str) -> Refund:
    """Duyệt và ghi sổ: Dr the account it comes from / Cr 112, in the open month. Approving twice posts once.

    `seen` is `as_seen` of what the page showed. Raises HandError for a maker or a refund that has changed;
    RefundError for one without an amount or account number, or refused.
    """
    require(actor, "refund.approve", at=refund)
    current = _locked(actor, refund, "refund.approve")
    if current.state == Refund.State.APPROVED:
        return current
    _approvable(current)
    return _decide(actor, current, "approved", seen, "approve")


def seen_by_key(key: int) -> str:
    """`as_seen` of the refund with this key, for a decision."""
    return as_seen(Refund.objects.get(pk=key))


def decided(actor: Actor, case: Case, reason: str) -> None:
    """Việc của một quyết định về hoàn trả: in its transaction, posted, or refused with the reason."""
    current = Refund.objects.select_for_update(of=("self",)).select_related("office", "employer")
    refund = current.get(pk=case.thing_id)
    if case.outcome == Case.Outcome.REFUSED:
        said = f" — Không duyệt: {reason.strip()}"[:REASON_MAX]
        refund.reason = refund.reason[: REASON_MAX - len(said)] + said
        refund.state = Refund.State.REFUSED
        refund.save(update_fields=["state", "reason"])
        return
    _approvable(refund)
    _post(actor, refund)


def _decide(actor: Actor, refund: Refund, outcome: str, seen: str, act: str, reason: str = "") -> Refund:
    """The page of a refund shows all of it, so that who signs has judged its amount."""
    case = casework.of(refund)
    cases.decide(actor=actor, case=case, outcome=outcome, seen=seen, reason=reason, act=act, judge_all=True)
    return Refund.objects.select_related("office", "employer").get(pk=refund.pk)


def _post(actor: Actor, current: Refund) -> None:
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


def _approvable(refund: Refund) -> None:
    if refund.state != Refund.State.PREPARED:
        raise RefundError("Hoàn trả đã bị từ chối.", "It was refused.", code="refund.state")
    if refund.amount <= 0:
        raise RefundError("Chưa xác định số tiền.", "The amount is not assessed.", code="refund.amount")
    if not refund.bank_account:
        raise RefundError("Thiếu tài khoản nhận.", "The account to pay is missing.", code="refund.account")


@transaction.atomic
def refuse(*, actor: Actor, refund: Refund, reason: str, seen: str) -> Refund:
    """Không duyệt, kèm lý do. A decision like the other one: by somebody else, of what was seen."""
    require(actor, "refund.approve", at=refund)
    current = _locked(actor, refund, "refund.approve")
    if current.state == Refund.State.REFUSED:
        return current
    if current.state != Refund.State.PREPARED:
        raise RefundError("Hoàn trả đã duyệt.", "It was approved.", code="refund.state")
    if not reason.strip():
        raise RefundError("Thiếu lý do.", "The reason is missing.", code="refund.fields")
    return _decide(actor, current, "refused", seen, "refuse", reason.strip())


def _locked(actor: Actor, refund: Refund, verb: str) -> Refund:
    scope = Refund.objects.select_for_update(of=("self",)).select_related("office", "employer")
    return scope.filter(actor.within(verb)).get(pk=refund.pk)


def _open_month(province: Unit) -> int:
    opened = Period.objects.filter(unit=province, state=Period.State.OPEN).order_by("-month").first()
    if opened is None:
        raise RefundError("Chưa mở kỳ thu.", "No month is open.", code="refund.month")
    return opened.month

"""Khoản thu: read a bank's statement, match what is certain, propose for the rest, match by hand."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ansinh.collection.models import BankFile, Receipt
from ansinh.collection.receipts import selectors as receipts
from ansinh.collection.receipts.proposing import Proposal, proposals
from ansinh.forms.banking.camt053 import read_camt053
from ansinh.forms.banking.sheets import read_statement
from ansinh.forms.banking.statements import Entry
from ansinh.forms.banking.statements import Statement as BankStatement
from ansinh.forms.banking.transfer_text import parse
from ansinh.forms.intake.limits import check_size
from ansinh.forms.intake.problems import Problem
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.office import documents, hands
from ansinh.office.models import Period, Unit
from ansinh.office.reading import Purpose
from ansinh.office.rights import Actor, require
from ansinh.registers import access, selectors
from ansinh.registers import services as registers
from ansinh.registers.models import CollectingAccount, Employer

__all__ = ["Proposal", "as_seen", "confirm", "match", "proposals", "read_bank_file", "refuse", "waiting"]

THING = "bank_file"
REASON_MAX = 200
ACCEPTED = documents.TABLES | {"camt", "xml"}
CERTAIN = 90
"""Confidence from which a unit code that exists is taken: harmless slips only (a bank's prefix, case)."""
TEXT_MAX, NAME_MAX, ACCOUNT_MAX, REFERENCE_MAX = 500, 200, 40, 60


class ReceiptError(BilingualError):
    """Không nhận hoặc không khớp được: why; `problems` lists what is wrong in a file, by place."""

    def __init__(self, vi: str, en: str, *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(vi, en, code=code)
        self.problems = tuple(problems)


def read_bank_file(
    *, actor: Actor, account: CollectingAccount, data: bytes, file_name: str, month: Month
) -> BankFile:
    """Đọc sao kê: camt.053, xlsx, xls or csv, told by content, into receipts of the month, and post them.

    Credits only. A transfer text that names an employer with certainty is matched: Dr 112 / Cr 338.surplus of
    the employer; the rest Dr 112 / Cr 338.suspense. The same file, or the same entry in another file, changes
    nothing. Statements do not depend on how many entries there are.

    A file without an opening and a closing balance proves nothing: anybody can type one. It posts nothing,
    and waits for somebody else (`confirm`). The bytes are kept as a document in any case.

    Raises BilingualError for a file that cannot be read, ReceiptError with `problems` for one that does not
    hold together, or a month that is not open.
    """
    require(actor, "bank.read_file", at=account)
    check_size(len(data))
    given = documents.examine(data, file_name)
    with transaction.atomic():
        return _read(actor, account, data, given, month)


def _read(
    actor: Actor, account: CollectingAccount, data: bytes, given: documents.Examined, month: Month
) -> BankFile:
    scope = access.accounts(actor, "bank.read_file")
    held = scope.select_for_update(of=("self",)).get(pk=account.pk)
    earlier = BankFile.objects.filter(digest=given.digest).exclude(state=BankFile.State.REFUSED).first()
    if earlier is not None:
        return earlier
    statements = _statements(data, given.name, held)
    province = selectors.province_of(held.office)
    _require_open(province, month)
    balanced = all(s.opening is not None and s.closing is not None for s in statements)
    file = BankFile.objects.create(
        unit_id=province.pk,
        account=held,
        file_name=given.name,
        digest=given.digest,
        statement=(statements[0].statement_id if statements else "")[:80],
        read_by=actor.user,
        state=BankFile.State.POSTED if balanced else BankFile.State.WAITING,
        balanced=balanced,
    )
    documents.keep(actor=actor, file=given, thing=THING, key=file.pk, accept=ACCEPTED)
    hands.wrote(actor, THING, file.pk, act="read")
    if balanced:
        file.counts = _take(file, statements, month)
    else:
        entries = [e for s in statements for e in s.entries]
        credits_ = [e.amount for e in entries if e.credit]
        file.counts = {"entries": len(entries), "credits": len(credits_), "amount": sum(credits_)}
    file.save(update_fields=["counts"])
    return file


def _take(file: BankFile, statements: Sequence[BankStatement], month: Month) -> dict[str, int]:
    """Credits into receipts and into the ledger; how many of what."""
    province = selectors.province_of(file.account.office)
    entries = [e for s in statements for e in s.entries]
    credits_ = [e for e in entries if e.credit]
    added = _insert(file, credits_, _certain(credits_, province), month)
    _post(file, province, month)
    return {
        "entries": len(entries),
        "credits": len(credits_),
        "new": len(added),
        "matched": sum(1 for employer, _ in added if employer is not None),
        "suspense": sum(1 for employer, _ in added if employer is None),
        "repeated": len(credits_) - len(added),
        "amount": sum(amount for _, amount in added),
    }


@dataclass(frozen=True, slots=True)
class Waiting:
    """Điều sẽ ghi khi xác nhận: the entries of a file, the employers they name, sums, and the month."""

    entries: tuple[Entry, ...]
    employers: Mapping[int, Employer]
    month: Month

    @property
    def credits(self) -> int:
        """Tổng tiền vào, dong."""
        return sum(e.amount for e in self.entries if e.credit)

    @property
    def debits(self) -> int:
        """Tổng tiền ra, dong; nothing of it is posted."""
        return sum(e.amount for e in self.entries if not e.credit)


def waiting(file: BankFile) -> Waiting:
    """Đọc lại một sao kê đang chờ: from the bytes kept. Employers by the position of the entry.

    Raises ReceiptError for bytes that are not those handed in, or without an open month.
    """
    statements = _kept(file)
    province = selectors.province_of(file.account.office)
    entries = tuple(e for s in statements for e in s.entries)
    credited = [position for position, e in enumerate(entries) if e.credit]
    found = _certain([entries[position] for position in credited], province)
    held = Employer.objects.in_bulk(set(found.values()))
    named = {credited[position]: held[employer] for position, employer in found.items()}
    return Waiting(entries, named, _opened(province))


def as_seen(file: BankFile, read: Waiting | None = None) -> str:
    """Dấu của một sao kê đang chờ: the file's digest, account, entries and sums, employers, month, makers."""
    told = read or waiting(file)
    return hands.seen(
        file.pk,
        file.state,
        file.digest,
        file.account_id,
        file.account.number,
        len(told.entries),
        told.credits,
        told.debits,
        [(position, employer.pk) for position, employer in sorted(told.employers.items())],
        told.month.index,
        hands.makers(THING, file.pk),
    )


@transaction.atomic
def confirm(*, actor: Actor, file: BankFile, seen: str) -> BankFile:
    """Xác nhận một sao kê lập bằng tay: posted from the bytes that were shown, by who did not hand it in.

    Confirming twice posts once. Raises HandError for a maker, or when it is not what was shown.
    """
    require(actor, "bank.confirm", at=file)
    current = _locked(actor, file)
    if current.state == BankFile.State.POSTED:
        return current
    _waiting_only(current)
    read = waiting(current)
    hands.require_seen(seen, as_seen(current, read))
    hands.decided(actor, THING, current.pk, act="confirm", seen=seen)
    current.counts = _take(current, _kept(current), read.month)
    current.state = BankFile.State.POSTED
    current.confirmed_by = actor.user
    current.confirmed_at = timezone.now()
    current.save(update_fields=["counts", "state", "confirmed_by", "confirmed_at"])
    return current


@transaction.atomic
def refuse(*, actor: Actor, file: BankFile, reason: str, seen: str) -> BankFile:
    """Không nhận một sao kê lập bằng tay, kèm lý do: nothing is posted; the file stays to be shown."""
    require(actor, "bank.confirm", at=file)
    current = _locked(actor, file)
    if current.state == BankFile.State.REFUSED:
        return current
    _waiting_only(current)
    if not reason.strip():
        raise ReceiptError("Thiếu lý do.", "The reason is missing.", code="bank.reason")
    hands.require_seen(seen, as_seen(current))
    hands.decided(actor, THING, current.pk, act="refuse", seen=seen)
    current.state = BankFile.State.REFUSED
    current.refused_because = reason.strip()[:REASON_MAX]
    current.save(update_fields=["state", "refused_because"])
    return current


def _locked(actor: Actor, file: BankFile) -> BankFile:
    """The file in scope, its account locked first, as where it was read."""
    access.accounts(actor, "bank.confirm").select_for_update(of=("self",)).get(pk=file.account_id)
    found = receipts.files_in_scope(actor, "bank.confirm").select_related(None)
    return found.select_related("account__office").select_for_update(of=("self",)).get(pk=file.pk)


def _waiting_only(file: BankFile) -> None:
    if file.state != BankFile.State.WAITING:
        raise ReceiptError(
            "Sao kê này không còn chờ xác nhận.", "The statement no longer waits.", code="bank.state"
        )


def _kept(file: BankFile) -> list[BankStatement]:
    attached = documents.of(THING, file.pk)
    data = documents.content(attached.document) if attached else b""
    if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), file.digest):
        raise ReceiptError(
            "Tệp lưu lại không phải tệp đã nộp; không xác nhận được.",
            "The bytes kept are not the file that was handed in.",
            code="bank.bytes",
        )
    return _statements(data, file.file_name, file.account)


def _statements(data: bytes, file_name: str, account: CollectingAccount) -> list[BankStatement]:
    head = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    found = read_camt053(data) if head == b"<" else [read_statement(data, file_name)]
    problems = [p for s in found for p in s.problems]
    if problems:
        raise ReceiptError(
            f"Sao kê có {len(problems)} lỗi: {problems[0].vi}",
            f"The statement has {len(problems)} problems: {problems[0].en}",
            code="bank.problems",
            problems=problems,
        )
    for statement in found:
        if statement.account and statement.account.lstrip("0") != account.number.lstrip("0"):
            raise ReceiptError(
                f"Sao kê của tài khoản {statement.account}, không phải {account.number}.",
                f"The statement is of account {statement.account}, not {account.number}.",
                code="bank.account",
            )
    return found


def _require_open(province: Unit, month: Month) -> None:
    period = Period.objects.filter(unit=province, month=month.index).first()
    if period is None or period.state != Period.State.OPEN:
        raise ReceiptError(
            f"Kỳ {month.vi()} chưa mở hoặc đã khóa sổ.", f"Month {month} is not open.", code="bank.month"
        )


def _opened(province: Unit) -> Month:
    opened = Period.objects.filter(unit=province, state=Period.State.OPEN).order_by("-month").first()
    if opened is None:
        raise ReceiptError("Chưa mở kỳ thu.", "No month is open.", code="bank.month")
    return Month.from_index(opened.month)


def _certain(entries: Sequence[Entry], province: Unit) -> dict[int, int]:
    """Employers by the position of the entry whose text names exactly one of them with certainty."""
    read = [parse(e.text) for e in entries]
    codes = {code for text in read for code in (text.unit_code, *text.candidates) if code}
    known = dict(
        Employer.objects.filter(unit_code__in=codes, office__path__startswith=province.path).values_list(
            "unit_code", "id"
        )
    )
    found = {}
    for position, text in enumerate(read):
        named = {known[code] for code in (text.unit_code, *text.candidates) if code in known}
        if text.confidence >= CERTAIN and text.unit_code in known and len(named) == 1:
            found[position] = known[text.unit_code]
    return found


def _references(account: CollectingAccount, entries: Sequence[Entry]) -> list[str]:
    """The mark of each entry: the bank's reference, or a digest where there is none or it serves twice."""
    own = [e.reference[:REFERENCE_MAX] for e in entries]
    taken: dict[str, tuple[int, date]] = {
        reference: (amount, day)
        for reference, amount, day in Receipt.objects.filter(
            account=account, reference__in=[r for r in own if r]
        ).values_list("reference", "amount", "booked_on")
    }
    marks = []
    for entry, reference in zip(entries, own, strict=True):
        same = taken.setdefault(reference, (entry.amount, entry.booked_on)) if reference else None
        if same == (entry.amount, entry.booked_on):
            marks.append(reference)
        else:
            digest = entry.fingerprint(account.number)
            marks.append(f"{reference[:40]}#{digest[:16]}")
    return marks


def _insert(
    file: BankFile, entries: Sequence[Entry], matched: dict[int, int], month: Month
) -> list[tuple[int | None, int]]:
    """Insert what is new; (employer, amount) of each."""
    marks = _references(file.account, entries)
    employers = [matched.get(position) for position in range(len(entries))]
    columns: list[list[Any]] = [
        marks,
        [e.booked_on for e in entries],
        [e.value_on or e.booked_on for e in entries],
        [e.amount for e in entries],
        [e.text[:TEXT_MAX] for e in entries],
        [e.counterparty_name[:NAME_MAX] for e in entries],
        [e.counterparty_account[:ACCOUNT_MAX] for e in entries],
        employers,
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO collection_receipt (unit_id, account_id, bank_file_id, month, reference, booked_on,
                 value_on, amount, text, payer_name, payer_account, employer_id, state, matched_month,
                 match_note)
               SELECT %s, %s, %s, %s, reference, booked_on, value_on, amount, text, payer_name, payer_account,
                 employer_id, CASE WHEN employer_id IS NULL THEN 'suspense' ELSE 'matched' END,
                 CASE WHEN employer_id IS NOT NULL THEN %s::int END,
                 CASE WHEN employer_id IS NULL THEN '' ELSE 'Mã đơn vị trong nội dung chuyển tiền' END
               FROM unnest(%s::text[], %s::date[], %s::date[], %s::bigint[], %s::text[], %s::text[],
                 %s::text[], %s::bigint[]) AS t(reference, booked_on, value_on, amount, text, payer_name,
                 payer_account, employer_id)
               ON CONFLICT (account_id, reference) DO NOTHING RETURNING employer_id, amount""",
            [file.unit_id, file.account_id, file.pk, month.index, month.index, *columns],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _post(file: BankFile, province: Unit, month: Month) -> None:
    """Post the receipts of a file in one go."""
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMP TABLE staged_receipt ON COMMIT DROP AS
               SELECT 'receipt:' || r.account_id || ':' || r.reference AS key, 'receipt' AS kind,
                      %s::bigint AS unit_id, %s::int AS month, r.booked_on AS posted_on,
                      left(r.text, 200) AS text, s.account, s.party_id, s.amount
               FROM collection_receipt r CROSS JOIN LATERAL (VALUES
                   ('112', NULL::bigint, r.amount),
                   (CASE WHEN r.employer_id IS NULL THEN '338.suspense' ELSE '338.surplus' END,
                    r.employer_id, -r.amount)) AS s(account, party_id, amount)
               WHERE r.bank_file_id = %s""",
            [province.pk, month.index, file.pk],
        )
        ledger.post_columns(cursor.cursor, "staged_receipt")
        cursor.execute("DROP TABLE staged_receipt")


@transaction.atomic
def match(*, actor: Actor, receipt: Receipt, employer: Employer, note: str = "") -> Receipt:
    """Khớp một khoản tiền treo với đơn vị: Dr 338.suspense / Cr 338.surplus in the open month.

    The row is locked: of two officers the second is told who was first. Matching again to the same employer
    changes nothing. The payer's account is remembered for later proposals.
    """
    require(actor, "receipt.match", at=receipt)
    scope = receipts.in_scope(actor, "receipt.match").select_related(None).select_related("account__office")
    current = scope.select_for_update(of=("self",)).get(pk=receipt.pk)
    party = access.employer(actor, employer.pk, purpose=Purpose.MONEY, verb="receipt.match")
    if current.state == Receipt.State.MATCHED and current.employer_id == party.pk:
        return current
    if current.state != Receipt.State.SUSPENSE:
        _refuse(current)
    province = selectors.province_of(current.account.office)
    month = _opened(province)
    ledger.post(
        key=f"match:{current.pk}",
        kind="match",
        unit_id=province.pk,
        month=month.index,
        posted_on=timezone.localdate(),
        sides=[
            ledger.Side(ledger.SUSPENSE, current.amount),
            ledger.Side(ledger.SURPLUS, -current.amount, party.pk),
        ],
        text=note[:200],
    )
    current.state = Receipt.State.MATCHED
    current.employer = party
    current.matched_month = month.index
    current.matched_by = actor.user
    current.matched_at = timezone.now()
    current.match_note = note[:200]
    current.save(
        update_fields=["state", "employer", "matched_month", "matched_by", "matched_at", "match_note"]
    )
    if current.payer_account:
        registers.remember_payer(employer=party, number=current.payer_account)
    return current


def _refuse(receipt: Receipt) -> None:
    if receipt.state == Receipt.State.REFUNDED:
        raise ReceiptError("Khoản tiền đã hoàn trả.", "The receipt was refunded.", code="receipt.refunded")
    other = receipt.employer.name if receipt.employer else ""
    by = receipt.matched_by.full_name if receipt.matched_by else "phần mềm"
    raise ReceiptError(
        f"Khoản tiền đã được {by} khớp với {other}.",
        f"The receipt is matched to {other} already, by {by}.",
        code="receipt.matched",
    )

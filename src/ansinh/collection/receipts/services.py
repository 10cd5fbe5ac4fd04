"""Khoản thu: read a bank's statement, match what is certain, propose for the rest, match by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from ansinh.collection.models import BankFile, Receipt, Statement
from ansinh.collection.receipts import selectors as receipts
from ansinh.forms.banking import matching
from ansinh.forms.banking.camt053 import read_camt053
from ansinh.forms.banking.sheets import read_statement
from ansinh.forms.banking.statements import Entry
from ansinh.forms.banking.statements import Statement as BankStatement
from ansinh.forms.banking.transfer_text import parse
from ansinh.forms.intake.problems import Problem
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.office.models import Period, Unit
from ansinh.office.reading import Purpose
from ansinh.office.rights import Actor, require
from ansinh.registers import access, selectors
from ansinh.registers.models import CollectingAccount, Employer, PayerAccount

CERTAIN = 90
"""Confidence from which a unit code that exists is taken: harmless slips only (a bank's prefix, case)."""
TEXT_MAX, NAME_MAX, ACCOUNT_MAX, REFERENCE_MAX = 500, 200, 40, 60


class ReceiptError(BilingualError):
    """Không nhận hoặc không khớp được: why; `problems` lists what is wrong in a file, by place."""

    def __init__(self, vi: str, en: str, *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(vi, en, code=code)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Đề xuất: an employer, 0-100 points, and the reasons that give them."""

    employer: Employer
    score: int
    reasons: tuple[matching.Reason, ...]


@transaction.atomic
def read_bank_file(
    *, actor: Actor, account: CollectingAccount, data: bytes, file_name: str, month: Month
) -> BankFile:
    """Đọc sao kê (camt.053, xlsx, xls, csv — by content) into receipts of the month, and post them.

    Credits only. A transfer text that names an employer with certainty is matched: Dr 112 / Cr 338.surplus of
    the employer; the rest Dr 112 / Cr 338.suspense. The same file, or the same entry in another file, changes
    nothing. Statements do not depend on how many entries there are.

    Raises BilingualError for a file that cannot be read, ReceiptError with `problems` for one that does not
    hold together, or a month that is not open.
    """
    require(actor, "bank.read_file", at=account)
    scope = access.accounts(actor, "bank.read_file")
    held = scope.select_for_update(of=("self",)).get(pk=account.pk)
    digest = hashlib.sha256(data).hexdigest()
    earlier = BankFile.objects.filter(digest=digest).first()
    if earlier is not None:
        return earlier
    statements = _statements(data, file_name, held)
    province = selectors.province_of(held.office)
    _require_open(province, month)
    entries = [e for s in statements for e in s.entries]
    credits_ = [e for e in entries if e.credit]
    file = BankFile.objects.create(
        account=held,
        file_name=file_name[:200],
        digest=digest,
        statement=(statements[0].statement_id if statements else "")[:80],
        read_by=actor.user,
    )
    matched = _certain(credits_, province)
    added = _insert(file, credits_, matched, month)
    _post(file, province, month)
    file.counts = {
        "entries": len(entries),
        "credits": len(credits_),
        "new": len(added),
        "matched": sum(1 for employer, _ in added if employer is not None),
        "suspense": sum(1 for employer, _ in added if employer is None),
        "repeated": len(credits_) - len(added),
        "amount": sum(amount for _, amount in added),
    }
    file.save(update_fields=["counts"])
    return file


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
            """INSERT INTO collection_receipt (account_id, bank_file_id, month, reference, booked_on,
                 value_on, amount, text, payer_name, payer_account, employer_id, state, matched_month,
                 match_note)
               SELECT %s, %s, %s, reference, booked_on, value_on, amount, text, payer_name, payer_account,
                 employer_id, CASE WHEN employer_id IS NULL THEN 'suspense' ELSE 'matched' END,
                 CASE WHEN employer_id IS NOT NULL THEN %s::int END,
                 CASE WHEN employer_id IS NULL THEN '' ELSE 'Mã đơn vị trong nội dung chuyển tiền' END
               FROM unnest(%s::text[], %s::date[], %s::date[], %s::bigint[], %s::text[], %s::text[],
                 %s::text[], %s::bigint[]) AS t(reference, booked_on, value_on, amount, text, payer_name,
                 payer_account, employer_id)
               ON CONFLICT (account_id, reference) DO NOTHING RETURNING employer_id, amount""",
            [file.account_id, file.pk, month.index, month.index, *columns],
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


def proposals(receipt: Receipt, limit: int = 5) -> list[Proposal]:
    """Đề xuất đơn vị cho một khoản tiền treo, xếp hạng, kèm lý do; employers of the account's province."""
    province = selectors.province_of(receipt.account.office)
    scope = Employer.objects.filter(office__path__startswith=province.path)
    entry = Entry(
        reference=receipt.reference,
        booked_on=receipt.booked_on,
        value_on=receipt.value_on,
        amount=receipt.amount,
        credit=True,
        text=receipt.text,
        counterparty_name=receipt.payer_name,
        counterparty_account=receipt.payer_account,
    )
    ranked = matching.rank(entry, _candidates(receipt, scope), most=limit)
    chosen = scope.in_bulk([int(p.employer_key) for p in ranked])
    return [Proposal(chosen[int(p.employer_key)], p.score, p.reasons) for p in ranked]


def _candidates(receipt: Receipt, scope: Any) -> Iterable[matching.Candidate]:
    payers = set(
        PayerAccount.objects.filter(number=receipt.payer_account).values_list("employer_id", flat=True)
        if receipt.payer_account
        else ()
    )
    owing = _owing(receipt.amount)
    for key, code, name, tax_code in scope.values_list("id", "unit_code", "name", "tax_code").iterator():
        due, arrears = owing.get(key, (0, 0))
        accounts = frozenset({receipt.payer_account}) if key in payers else frozenset[str]()
        yield matching.Candidate(str(key), code, name, tax_code, accounts, due, arrears)


def _owing(amount: int) -> dict[int, tuple[int, int]]:
    """Employers whose newest statement asks for exactly this amount: (dues, arrears with charges)."""
    newest = Statement.objects.order_by("-month").values_list("month", flat=True).first()
    if newest is None:
        return {}
    found = (
        Statement.objects.filter(month=newest)
        .annotate(owed=F("short") + F("charges_open"))
        .filter(Q(due=amount) | Q(owed=amount) | Q(due=amount - F("owed")))
        .order_by("employer_id", "version")
    )
    return {s.employer_id: (s.due, s.short + s.charges_open) for s in found}


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
    opened = Period.objects.filter(unit=province, state=Period.State.OPEN).order_by("-month").first()
    if opened is None:
        raise ReceiptError("Chưa mở kỳ thu.", "No month is open.", code="bank.month")
    ledger.post(
        key=f"match:{current.pk}",
        kind="match",
        unit_id=province.pk,
        month=opened.month,
        posted_on=timezone.localdate(),
        sides=[
            ledger.Side(ledger.SUSPENSE, current.amount),
            ledger.Side(ledger.SURPLUS, -current.amount, party.pk),
        ],
        text=note[:200],
    )
    current.state = Receipt.State.MATCHED
    current.employer = party
    current.matched_month = opened.month
    current.matched_by = actor.user
    current.matched_at = timezone.now()
    current.match_note = note[:200]
    current.save(
        update_fields=["state", "employer", "matched_month", "matched_by", "matched_at", "match_note"]
    )
    if current.payer_account:
        PayerAccount.objects.get_or_create(employer=party, number=current.payer_account)
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

"""Đề xuất đơn vị cho khoản tiền treo: who of the account's province may have paid, ranked, with reasons.

Only employers that something speaks for are read: the transfer's text, the payer's account, the amount. No
other province is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Length, Substr
from django.db.models.lookups import In

from ansinh.collection.models import Receipt, Statement
from ansinh.forms.banking import matching
from ansinh.forms.banking.statements import Entry
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access, selectors
from ansinh.registers.models import Employer, PayerAccount


@dataclass(frozen=True, slots=True)
class Proposal:
    """Đề xuất: an employer, 0-100 points, and the reasons that give them."""

    employer: Employer
    score: int
    reasons: tuple[matching.Reason, ...]


def proposals(*, actor: Actor, receipt: Receipt, limit: int = 5) -> list[Proposal]:
    """Đề xuất đơn vị cho một khoản tiền treo, xếp hạng, kèm lý do.

    Employers of the account's province to whom the actor may match; those proposed are noted as read.
    """
    province = selectors.province_of(receipt.account.office)
    scope = access.employers(actor, "receipt.match").filter(office__path__startswith=province.path)
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
    ranked = matching.rank(entry, _candidates(receipt, entry, scope), most=limit)
    chosen = scope.in_bulk([int(p.employer_key) for p in ranked])
    reading.shown(actor, Subject.EMPLOYER, chosen, purpose=Purpose.MONEY)
    return [Proposal(chosen[int(p.employer_key)], p.score, p.reasons) for p in ranked]


def _candidates(receipt: Receipt, entry: Entry, scope: QuerySet[Employer]) -> Iterable[matching.Candidate]:
    """Of the employers in scope those that anything speaks for, in one query."""
    payers = set(
        PayerAccount.objects.filter(number=receipt.payer_account).values_list("employer_id", flat=True)
        if receipt.payer_account
        else ()
    )
    owing = _owing(receipt)
    shows = matching.traces(entry)
    spoken_for = Q(pk__in=payers | owing.keys()) | Q(tax_code__in=shows.numbers)
    for word in shows.words:
        spoken_for |= Q(name_fold__contains=word)
    if shows.pieces:
        size = Greatest(Length("unit_code") / matching.PIECES, 1)
        for piece in range(matching.PIECES):
            start = size * piece + 1
            spoken_for |= Q(In(Substr("unit_code", start, size), list(shows.pieces)))
    found = scope.filter(spoken_for).values_list("id", "unit_code", "name", "tax_code")
    for key, code, name, tax_code in found.iterator():
        due, arrears = owing.get(key, (0, 0))
        accounts = frozenset({receipt.payer_account}) if key in payers else frozenset[str]()
        yield matching.Candidate(str(key), code, name, tax_code, accounts, due, arrears)


def _owing(receipt: Receipt) -> dict[int, tuple[int, int]]:
    """Employers whose newest statement asks for exactly this amount: (dues, arrears with charges).

    The newest of the books the money came to: another province may be months ahead.
    """
    books = Statement.objects.filter(unit_id=receipt.unit_id)
    newest = books.order_by("-month").values_list("month", flat=True).first()
    if newest is None:
        return {}
    amount = receipt.amount
    found = (
        books.filter(month=newest)
        .annotate(owed=F("short") + F("charges_open"))
        .filter(Q(due=amount) | Q(owed=amount) | Q(due=amount - F("owed")))
        .order_by("employer_id", "version")
    )
    return {s.employer_id: (s.due, s.short + s.charges_open) for s in found}

"""Người đang tham gia ở nhóm khác (QĐ 366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2).

(a) already in compulsory insurance elsewhere, drawing unemployment benefit or a pension: returned;
(b) paying for themselves or with part support, or in voluntary insurance: accepted, the rest refunded;
(c) health insurance paid by the fund or the budget: that cover ends the day before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.collection.declarations.findings import ELSEWHERE
from ansinh.collection.declarations.record import Card, Cover, Elsewhere, Held
from ansinh.collection.declarations.spans import RUNNING
from ansinh.kernel.months import Month
from ansinh.registers.models import HealthCard, Participation

Blame = Callable[..., None]

CLAUSE = "366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2"
# Two-letter codes of health groups: 1351/QĐ-BHXH ngày 16/11/2015, Điều 2.
PENSIONER, UNEMPLOYED = "HT", "TN"
SELF_PAID = frozenset({"GD"})
PART_SUPPORTED = frozenset({"CN", "HS", "SV", "GB"})
REFUNDED_PAYERS = frozenset({HealthCard.Payer.PART_BUDGET.value, HealthCard.Payer.SELF.value})
CLOSED_PAYERS = frozenset({HealthCard.Payer.FUND.value, HealthCard.Payer.BUDGET.value})


@dataclass(frozen=True, slots=True)
class Ending:
    """Một nhóm phải thôi từ một tháng: `refund` when what was paid ahead is given back, for `months`."""

    cover: Cover
    last: int
    refund: bool
    months: int

    @property
    def voluntary(self) -> bool:
        """Whether it is voluntary social insurance (else health insurance)."""
        return self.cover.scheme == Participation.Scheme.VOLUNTARY_SI


@dataclass(frozen=True, slots=True)
class Closing:
    """Một thẻ phải cắt: its last day from now on, and why."""

    card: Card
    closed_on: date
    refund: bool


def blocked(held: Held, first: int, last: int, returned: Blame) -> bool:
    """Điểm (a): says why through `returned` and answers True when the row goes back.

    A second contract that insures against work injury only does not block, and is not blocked: the caller
    asks for rows with social insurance only.
    """
    other = next((o for o in held.elsewhere if o.first <= last and o.last >= first), None)
    group = next((g for g in (PENSIONER, UNEMPLOYED) if _draws(held, g, first)), "")
    if other is None and not group:
        return False
    if not held.known:
        refer(returned)
    elif other is not None:
        _insured(held, other, returned)
    else:
        vi, en = (
            ("đang hưởng chế độ hưu trí", "draws a pension")
            if group == PENSIONER
            else ("đang hưởng trợ cấp thất nghiệp", "draws unemployment benefit")
        )
        returned(
            "si_number",
            "cover.pensioner" if group == PENSIONER else "cover.unemployed",
            f"Người này {vi}; đề nghị liên hệ cơ quan BHXH ({CLAUSE} điểm a).",
            f"This person {en}.",
            about=(held.id,),
        )
    return True


def refer(returned: Blame) -> None:
    """Send a stranger's row back without saying what the record holds against it."""
    returned(ELSEWHERE.column, ELSEWHERE.code, ELSEWHERE.vi, ELSEWHERE.en)


def _insured(held: Held, other: Elsewhere, returned: Blame) -> None:
    """Already in compulsory insurance; where, and since when, only for whoever may read that employer."""
    since = Month.from_index(other.first).vi()
    where = f"tại {other.employer} ({other.unit_code}) từ {since}" if other.named else "tại đơn vị khác"
    returned(
        "si_number",
        "cover.compulsory",
        f"Đang tham gia BHXH bắt buộc {where}; đề nghị liên hệ cơ quan BHXH ({CLAUSE} điểm a).",
        f"Already insured at {other.employer} ({other.unit_code}) since {since}."
        if other.named
        else "Already insured at another employer.",
        about=(held.id,),
        employer=other.employer_id if other.named else 0,
    )


def _draws(held: Held, group: str, month: int) -> bool:
    """Whether the fund insures the person in health as one who draws the benefit."""
    day = Month.from_index(month).first_day
    return any(c.health_group == group and c.first <= month <= c.last for c in held.covers) or any(
        card.number.startswith(group)
        and card.payer == HealthCard.Payer.FUND
        and card.valid_from <= day <= card.until
        for card in held.cards
    )


def endings(held: Held, first: int, *, health: bool) -> list[Ending]:
    """Điểm (b), (c): the covers that end the month before `first`. `health`: the row brings health cover."""
    found = []
    for cover in held.covers:
        if cover.last < first:
            continue
        voluntary = cover.scheme == Participation.Scheme.VOLUNTARY_SI
        if not voluntary and not health:
            continue
        refund = voluntary or cover.health_group in SELF_PAID | PART_SUPPORTED
        paid_to = _paid_to(held, cover)
        months = max(0, paid_to - max(first, cover.first) + 1) if refund else 0
        found.append(Ending(cover, first - 1, refund, months))
    return found


def _paid_to(held: Held, cover: Cover) -> int:
    """The last month paid for: of the cover, or of the card that it bought when the cover runs on."""
    if cover.last != RUNNING:
        return cover.last
    until = [c.until for c in held.cards if c.payer in REFUNDED_PAYERS]
    bought = cover.scheme == Participation.Scheme.HEALTH and until
    return Month.of(max(until)).index if bought else cover.first - 1


def closings(held: Held, first: int) -> list[Closing]:
    """The cards of other payers that end the day before the month `first`."""
    day = Month.from_index(first).first_day
    return [
        Closing(card, day - timedelta(days=1), card.payer in REFUNDED_PAYERS)
        for card in held.cards
        if card.payer in REFUNDED_PAYERS | CLOSED_PAYERS and card.until >= day
    ]

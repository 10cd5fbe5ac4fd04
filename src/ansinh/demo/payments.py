"""Ai nộp thế nào: how each invented employer pays, month after month, and what its bank writes.

Most pay in full with the right transfer text, some late or in part, some never; some texts are faulty and
some pay too much. An employer keeps its way of paying for all the months.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.demo import identities
from ansinh.demo.statements import Credit
from ansinh.forms.banking.transfer_text import build
from ansinh.kernel.months import Month

WAYS = (  # of a thousand private employers
    ("prompt", 460),  # in the month itself, what is open and what the last month came to
    ("next", 420),  # the month after, what the statement says
    ("late", 55),  # every second month
    ("partial", 40),  # six tenths of what is open
    ("never", 25),
)
FAULTY, OVERPAID = 25, 10  # payments in a thousand


@dataclass(frozen=True)
class Payer:
    """Đơn vị nộp tiền: what is needed to write its transfer."""

    id: int
    unit_code: str
    tax_code: str
    name: str
    agency: str
    account: str
    cycle: int
    budget: bool


@dataclass(frozen=True)
class Standing:
    """Số liệu của C12 gần nhất: dong owed (short and charges less surplus) and due of that month."""

    owed: int
    due: int


def ways(payers: Sequence[Payer], seed: int) -> dict[int, str]:
    """Each employer's way of paying; shares hold whatever the number, and each way has at least one firm."""
    rng = random.Random(f"{seed}/ways")  # noqa: S311 -- repeatable demonstration, no secret
    private = sorted(p.id for p in payers if not p.budget)
    rng.shuffle(private)
    found = {p.id: ("prompt" if p.id % 3 else "next") for p in payers if p.budget}
    rare = [way for way, share in WAYS if share < 100]
    counts = {way: max(1, len(private) * share // 1000) for way, share in WAYS if way in rare}
    place = 0
    for way in rare:
        for payer in private[place : place + counts[way]]:
            found[payer] = way
        place += counts[way]
    for payer in private[place:]:
        found[payer] = "prompt" if rng.random() < 0.52 else "next"
    return found


def payments(
    payers: Sequence[Payer],
    chosen: Mapping[int, str],
    standings: Mapping[int, Standing],
    month: Month,
    seed: int,
    *,
    first: bool,
) -> dict[str, list[Credit]]:
    """Credits of the month by collecting account, in order of day.

    `first` marks the month in which the books open: nothing is owed from before, and prompt payers pay what
    `standings` say of the month itself.
    """
    by_account: dict[str, list[Credit]] = {}
    for payer in payers:
        rng = random.Random(f"{seed}/{month.index}/{payer.id}")  # noqa: S311 -- repeatable demonstration
        standing = standings.get(payer.id, Standing(0, 0))
        amount = _amount(payer, chosen[payer.id], standing, month, first=first)
        if amount <= 0:
            continue
        if rng.randrange(1000) < OVERPAID:
            amount += max(amount // 10, 50_000)
        day = _day(chosen[payer.id], month, rng)
        text = build(payer.unit_code, payer.agency)
        if rng.randrange(1000) < FAULTY:
            text = faulty(payer, rng)
        by_account.setdefault(payer.account, []).append(
            Credit(
                reference=f"FT{day:%y%m%d}{payer.id:06d}",
                day=day,
                amount=amount,
                text=text,
                payer_name=payer.name.upper(),
                payer_account=payer_account(payer),
            )
        )
    return {a: sorted(c, key=lambda x: (x.day, x.reference)) for a, c in sorted(by_account.items())}


def payer_account(payer: Payer) -> str:
    """The employer's own account: twelve digits that no bank issues."""
    return f"{identities.ENTERPRISE_PREFIX}10{payer.id:08d}"


def faulty(payer: Payer, rng: random.Random) -> str:
    """Nội dung sai: what people write instead of the prescribed text; not all of it can be matched."""
    cut = payer.unit_code[: len(payer.unit_code) // 2]
    return rng.choice(
        (
            f"{payer.name} nop tien BHXH",
            f"chuyen tien bao hiem thang truoc {cut}",
            f"BHXH 103 00 {cut}",
            f"CK {payer.tax_code} BH",
            "thanh toan tien bao hiem",
            f"bhxh 103 00 {payer.unit_code.lower()} {payer.agency}",
        )
    )


def _amount(payer: Payer, way: str, standing: Standing, month: Month, *, first: bool) -> int:
    ends_cycle = (month.index + 1) % payer.cycle == 0
    owed = max(standing.owed, 0)
    if way == "never" or (payer.cycle > 1 and not ends_cycle):
        return 0
    if first:
        return owed if way == "prompt" else 0
    if way == "prompt":
        return standing.owed + (standing.due if payer.cycle == 1 else 0)
    if way == "late":
        return owed if month.index % 2 else 0
    if way == "partial":
        return owed * 6 // 10
    return owed


def _day(way: str, month: Month, rng: random.Random) -> date:
    first, last = (18, 28) if way == "prompt" else (6, month.last_day.day)
    return date(month.year, month.month, rng.randint(first, min(last, month.last_day.day)))

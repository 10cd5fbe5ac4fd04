"""Xem trước: what a list will change in people and money, before anybody confirms it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ansinh.collection.declarations.findings import Finding, Level
from ansinh.collection.declarations.money import Money
from ansinh.collection.declarations.plan import ACCEPTED, Line, Plan
from ansinh.collection.declarations.spans import RUNNING, Terms
from ansinh.kernel.months import Month
from ansinh.ledger.services import FUNDS

DIRECTIONS = ("increase", "decrease", "suspend", "adjust", "back_pay")
FUNDS_OF = (
    ("si", "sickness_maternity"),
    ("si", "pension_survivors"),
    ("hi", "health"),
    ("ui", "unemployment"),
    ("wi", "work_injury"),
)


@dataclass(frozen=True, slots=True)
class Pay:
    """Mức đóng: dong a month (0 when by coefficient), coefficient in thousandths, other pay in dong."""

    wage: int
    coefficient_milli: int
    other_pay: int
    title: str

    @classmethod
    def of(cls, terms: Terms | None) -> Pay | None:
        """The pay that terms say, or None."""
        if terms is None:
            return None
        return cls(terms.wage, terms.coefficient_milli, terms.other_pay, terms.job_title)


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Một dòng xem trước: who, what, from which month, old and new pay, funds insured afterwards.

    Name and numbers are those of the list; `person` is the key of the person found, for the reading log.
    """

    position: int
    row: int
    name: str
    si_number: str
    citizen_id: str
    change: str
    direction: str
    from_month: str
    to_month: str
    outcome: str
    old: Pay | None
    new: Pay | None
    funds: tuple[str, ...]
    findings: tuple[Finding, ...]
    newcomer: bool = False
    person: int | None = None

    def json(self) -> dict[str, Any]:
        """Plain values to store; findings and the person of the register stand beside."""
        values = asdict(self)
        del values["findings"], values["person"]
        return values

    @classmethod
    def from_json(
        cls, values: Mapping[str, Any], findings: tuple[Finding, ...], *, person: int | None = None
    ) -> PersonChange:
        """The line stored by `json`."""
        known = dict(values)
        for side in ("old", "new"):
            known[side] = Pay(**known[side]) if known[side] else None
        known["funds"] = tuple(known["funds"])
        return cls(**known, findings=findings, person=person)


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """Chênh lệch của một tháng, đồng, theo quỹ; `back` for months before the accounting month."""

    month: str
    back: bool
    funds: dict[str, int]
    worker: int

    @property
    def total(self) -> int:
        """All funds."""
        return sum(self.funds.values())


@dataclass(frozen=True, slots=True)
class Preview:
    """Bản xem trước. Money in dong: what more (or, negative, less) will be due once booked.

    `touched` people are changed; `moved` is by how much their dues change, ups and downs added. `digest`
    stands for what changes, person by person, in whatever words. `unmatched` are positions that were found
    not to match when the list was to be booked.
    """

    people: tuple[PersonChange, ...]
    counts: dict[str, int]
    outcomes: dict[str, int]
    months: tuple[MonthMoney, ...]
    newcomers: int = 0
    refunds: int = 0
    cards_closed: int = 0
    cards_opened: int = 0
    needs_director: bool = False
    total: int = 0
    touched: int = 0
    moved: int = 0
    funds: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    unmatched: list[int] = field(default_factory=list)

    @property
    def current(self) -> dict[str, int]:
        """Change of the accounting month's dues, by fund."""
        return _sum(m.funds for m in self.months if not m.back)

    @property
    def back(self) -> dict[str, int]:
        """Change of earlier months' dues, by fund."""
        return _sum(m.funds for m in self.months if m.back)

    def json(self) -> dict[str, Any]:
        """Everything but the people, to store with the declaration."""
        values = asdict(self)
        del values["people"]
        return {**values, "months": [asdict(m) for m in self.months]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any], people: tuple[PersonChange, ...]) -> Preview:
        """The preview stored by `json`."""
        known = {**values, "months": tuple(MonthMoney(**m) for m in values.get("months", ()))}
        known.setdefault("counts", {})
        known.setdefault("outcomes", {})
        return cls(people=people, **known)


def of(plan: Plan, money: Money) -> Preview:
    """The preview of a plan."""
    people = tuple(person_change(line) for line in plan.lines)
    now = plan.scene.month.index
    someones = plan.people.values()
    months = tuple(
        MonthMoney(str(Month.from_index(m)), m < now, dict(funds), money.workers[m])
        for m, funds in money.months.items()
    )
    return Preview(
        people=people,
        counts={d: sum(p.direction == d and p.outcome == ACCEPTED for p in people) for d in DIRECTIONS},
        outcomes=dict(Counter(p.outcome for p in people)),
        months=months,
        newcomers=sum(s.newcomer is not None for s in someones),
        refunds=sum(1 for s in someones for e in s.endings if e.refund),
        cards_closed=sum(len(s.closings) for s in someones),
        cards_opened=sum(s.card_from is not None for s in someones),
        needs_director=any(f.code == "back.director" for p in people for f in p.findings),
        total=money.total,
        touched=len(plan.people),
        moved=money.moved,
        funds=_sum(m.funds for m in months),
        digest=_digest(plan),
        unmatched=plan.unmatched,
    )


def _digest(plan: Plan) -> str:
    """Dấu của những gì thay đổi: outcomes by line; of every person the months, days, covers, cards."""
    lines = [(line.position, line.outcome, line.key) for line in plan.lines]
    people = [
        (key, s.before, s.after, sorted(s.days.items()), s.endings, s.closings,
         s.card_from, s.card_until, s.hospital)
        for key, s in sorted(plan.people.items())
    ]  # fmt: skip
    return hashlib.sha256(repr((lines, people)).encode()).hexdigest()


def person_change(line: Line) -> PersonChange:
    """One line of a plan as the preview shows it."""
    row = line.row
    return PersonChange(
        position=line.position,
        row=row.row,
        name=row.name,
        si_number=row.si_number or "",
        citizen_id=row.citizen_id or "",
        change=row.change or "",
        direction=row.direction or "",
        from_month=str(row.from_month or ""),
        to_month="" if line.last in {0, RUNNING} else str(Month.from_index(line.last)),
        outcome=line.outcome,
        old=Pay.of(line.old),
        new=Pay.of(line.new),
        funds=tuple(fund for flag, fund in FUNDS_OF if line.new and getattr(line.new, flag)),
        findings=tuple(line.findings),
        newcomer=bool(line.key and line.key[0] == "new" and line.outcome == ACCEPTED),
        person=int(line.key[1]) if line.key and line.key[0] == "id" else None,
    )


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Whether any finding stops the list."""
    return any(f.level == Level.ERROR for f in findings)


def _sum(parts: Any) -> dict[str, int]:
    total = dict.fromkeys(FUNDS, 0)
    for funds in parts:
        for fund, amount in funds.items():
            total[fund] += amount
    return total

"""Điều cơ quan đang biết về những người trong danh sách: read once, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from ansinh.collection.declarations.spans import RUNNING, TERMS, History, Span, Terms
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.dates import PartialDate
from ansinh.office.rights import Actor
from ansinh.registers import access, selectors
from ansinh.registers.models import Employer, HealthCard, Participation, Person, WorkMonth

DAYS = ("unpaid_days", "sick_days", "maternity_days")


@dataclass(frozen=True, slots=True)
class Days:
    """Ngày nghỉ của một tháng ở một đơn vị (see registers.WorkMonth)."""

    unpaid_days: int = 0
    sick_days: int = 0
    maternity_days: int = 0
    agreed: bool = False
    first_month: bool = False

    @property
    def away(self) -> bool:
        """Whether any day of the month was not worked."""
        return bool(self.unpaid_days or self.sick_days or self.maternity_days)


NO_DAYS = Days()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Đang đóng BHXH bắt buộc ở đơn vị khác; `named` when the actor may read that employer."""

    employer_id: int
    employer: str
    unit_code: str
    first: int
    last: int
    named: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """Đang tham gia tự nguyện hoặc chỉ BHYT: a participation of scheme 2 or 3."""

    id: int
    scheme: int
    health_group: str
    first: int
    last: int
    wage: int


@dataclass(frozen=True, slots=True)
class Card:
    """Thẻ BHYT còn hiệu lực; `until` is the last day it holds."""

    id: int
    number: str
    payer: str
    valid_from: date
    until: date
    hospital: str


@dataclass(slots=True)
class Held:
    """Một người trong sổ, với mọi điều danh sách có thể đụng tới; `known` when the actor may read them."""

    id: int
    si_number: str
    citizen_id: str | None
    name: str
    birth: PartialDate
    identity: str
    died_on: date | None
    known: bool
    here: History = ()
    elsewhere: list[Elsewhere] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    days: dict[int, Days] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class People:
    """Những người tìm được, theo từng số; strangers too, for the checks to tell nothing about them."""

    by_si: dict[str, Held]
    by_citizen: dict[str, Held]


def find(actor: Actor, rows: Sequence[D02Row], *, lock: bool = False) -> People:
    """The people whose numbers rows name, and which of them the actor may read: two queries, always.

    `lock` holds the people's rows until the end of the transaction, so that two lists cannot both find a
    person free.
    """
    numbers = sorted({row.si_number for row in rows if row.si_number})
    citizens = sorted({row.citizen_id for row in rows if row.citizen_id})
    wanted = selectors.named(numbers, citizens).order_by("pk")
    people = list(wanted.select_for_update(no_key=True) if lock else wanted)
    known = access.known(actor, (p.pk for p in people))
    held = [_held(p, known=p.pk in known) for p in people]
    return People(
        {h.si_number: h for h in held},
        {h.citizen_id: h for h in held if h.citizen_id},
    )


def fill(actor: Actor, employer: Employer, people: Iterable[Held]) -> None:
    """Read what is known of the people of a list: their months here and elsewhere, cards, days away.

    Three queries, always; strangers whom the list does not name are not asked about.
    """
    held = {h.id: h for h in people}
    _participations(actor, employer, held)
    _cards(held)
    _days(employer, held)


def _held(person: Person, *, known: bool) -> Held:
    return Held(
        id=person.pk,
        si_number=person.si_number,
        citizen_id=person.citizen_id,
        name=person.full_name,
        birth=PartialDate(person.birth_year, person.birth_month, person.birth_day),
        identity=person.identity,
        died_on=person.died_on,
        known=known,
    )


def _participations(actor: Actor, employer: Employer, held: dict[int, Held]) -> None:
    found = (
        Participation.objects.filter(person_id__in=access.keyed(held))
        .annotate(
            at_name=F("employer__name"),
            at_code=F("employer__unit_code"),
            at_path=F("employer__office__path"),
        )
        .order_by("from_month")
    )
    paths, ours = actor.paths("employer.read"), set(actor.parties("employer.read", "employer"))
    here: dict[int, list[Span]] = defaultdict(list)
    for p in found:
        last = RUNNING if p.to_month is None else p.to_month
        person = held[p.person_id]
        if p.scheme != Participation.Scheme.COMPULSORY:
            person.covers.append(Cover(p.pk, p.scheme, p.health_group, p.from_month, last, p.wage))
        elif p.employer_id == employer.pk:
            terms = Terms(**{name: getattr(p, name) for name in TERMS})
            here[p.person_id].append(Span(p.from_month, last, terms, p.pk, p.declaration_id))
        elif p.si:
            named = (p.at_path or "").startswith(paths) or p.employer_id in ours
            person.elsewhere.append(
                Elsewhere(p.employer_id or 0, p.at_name, p.at_code, p.from_month, last, named)
            )
    for person_id, spans in here.items():
        held[person_id].here = tuple(spans)


def _cards(held: dict[int, Held]) -> None:
    for card in HealthCard.objects.filter(person_id__in=access.keyed(held)).order_by("valid_from", "pk"):
        until = min(card.valid_to, card.closed_on) if card.closed_on else card.valid_to
        held[card.person_id].cards.append(
            Card(card.pk, card.number, card.payer, card.valid_from, until, card.hospital)
        )


def _days(employer: Employer, held: dict[int, Held]) -> None:
    for w in WorkMonth.objects.filter(employer=employer, person_id__in=access.keyed(held)):
        held[w.person_id].days[w.month] = Days(
            w.unpaid_days, w.sick_days, w.maternity_days, w.agreed, w.first_month
        )

"""Điều cơ quan đang biết về những người trong danh sách: read once, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from ansinh.collection.declarations.spans import RUNNING, TERMS, History, Span, Terms
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.dates import PartialDate
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
    """Đang đóng BHXH bắt buộc ở đơn vị khác."""

    employer: str
    unit_code: str
    first: int
    last: int


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
    """Một người trong sổ, với mọi điều danh sách có thể đụng tới."""

    id: int
    si_number: str
    citizen_id: str | None
    name: str
    birth: PartialDate
    identity: str
    died_on: date | None
    here: History = ()
    elsewhere: list[Elsewhere] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    days: dict[int, Days] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """Những người tìm được, theo từng số."""

    by_si: dict[str, Held]
    by_citizen: dict[str, Held]


def read(employer: Employer, rows: Sequence[D02Row], *, lock: bool = False) -> Record:
    """Read the people that rows name, their months here and elsewhere, and their cards: five queries.

    `lock` holds the people's rows until the end of the transaction, so that two lists cannot both find a
    person free.
    """
    people = _people(rows, lock=lock)
    held = {p.pk: _held(p) for p in people}
    _participations(employer, held)
    _cards(held)
    _days(employer, held)
    return Record(
        {h.si_number: h for h in held.values()},
        {h.citizen_id: h for h in held.values() if h.citizen_id},
    )


def _people(rows: Sequence[D02Row], *, lock: bool) -> list[Person]:
    numbers = sorted({row.si_number for row in rows if row.si_number})
    citizens = sorted({row.citizen_id for row in rows if row.citizen_id})
    wanted = Person.objects.filter(Q(si_number__in=numbers) | Q(citizen_id__in=citizens)).order_by("pk")
    return list(wanted.select_for_update(no_key=True) if lock else wanted)


def _held(person: Person) -> Held:
    return Held(
        id=person.pk,
        si_number=person.si_number,
        citizen_id=person.citizen_id,
        name=person.full_name,
        birth=PartialDate(person.birth_year, person.birth_month, person.birth_day),
        identity=person.identity,
        died_on=person.died_on,
    )


def _participations(employer: Employer, held: dict[int, Held]) -> None:
    found = (
        Participation.objects.filter(person_id__in=list(held))
        .annotate(at_name=F("employer__name"), at_code=F("employer__unit_code"))
        .order_by("from_month")
    )
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
            person.elsewhere.append(Elsewhere(p.at_name, p.at_code, p.from_month, last))
    for person_id, spans in here.items():
        held[person_id].here = tuple(spans)


def _cards(held: dict[int, Held]) -> None:
    for card in HealthCard.objects.filter(person_id__in=list(held)).order_by("valid_from", "pk"):
        until = min(card.valid_to, card.closed_on) if card.closed_on else card.valid_to
        held[card.person_id].cards.append(
            Card(card.pk, card.number, card.payer, card.valid_from, until, card.hospital)
        )


def _days(employer: Employer, held: dict[int, Held]) -> None:
    for w in WorkMonth.objects.filter(employer=employer, person_id__in=list(held)):
        held[w.person_id].days[w.month] = Days(
            w.unpaid_days, w.sick_days, w.maternity_days, w.agreed, w.first_month
        )

"""An employer moves to another province only with nothing left in the books of the one it leaves."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from tests.collection.month.books import Books

from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.services import Side
from ansinh.office.models import Unit, User
from ansinh.office.rights import Actor, Held
from ansinh.registers import records
from ansinh.registers.models import Employer
from ansinh.registers.services import RegisterError

pytestmark = pytest.mark.django_db
JANUARY = Month(2026, 1)


def moved(employer: Employer, office: Unit, *at: Unit) -> Employer:
    user = User.objects.get_or_create(username="thu", defaults={"full_name": "Thu", "kind": "staff"})[0]
    held = tuple(Held("collection", unit.path, unit.kind) for unit in at)
    plain = {f.name: getattr(employer, f.name) for f in fields(records.EmployerFacts)}
    facts = records.EmployerFacts(**plain | {"office": office})
    return records.save_employer(actor=Actor(user, held=held), employer=employer, facts=facts)


def owes(books: Books, employer: Employer, amount: int, key: str) -> None:
    sides = [Side("131.health", amount, employer.pk), Side("531.health", -amount, employer.pk)]
    ledger.post(
        key=key,
        kind="due",
        unit_id=books.province.pk,
        month=JANUARY.index,
        posted_on=date(2026, 1, 31),
        sides=sides,
    )


def test_money_left_in_the_books_holds_it_back() -> None:
    here, there = Books("20"), Books("01")
    both = (here.province, there.province)
    employer = here.employer(workers=1)
    owes(here, employer, 450_000, "owed")
    with pytest.raises(RegisterError) as refused:
        moved(employer, there.office, *both)
    assert refused.value.code == "employer.books"
    employer.refresh_from_db()
    assert employer.office == here.office
    owes(here, employer, -450_000, "settled")
    assert moved(employer, there.office, *both).office == there.office


def test_within_a_province_it_moves_with_its_debts() -> None:
    here = Books("20")
    employer = here.employer(workers=1)
    owes(here, employer, 450_000, "owed")
    other = here._unit("base_office", "20.02", here.province, date(2025, 7, 1))
    assert moved(employer, other, here.province).office == other

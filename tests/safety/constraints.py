"""What the database itself refuses and keeps, tried on whatever server DATABASE_URL names.

`python -m tests.safety.constraints` prints a line for each thing proven and leaves the database as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import django
import pytest

django.setup()

from django.db import Error, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.collection import casework  # noqa: E402
from tests.collection.month.books import Books  # noqa: E402

from ansinh.collection.models import Declaration, Due, Receipt, Refund, Statement  # noqa: E402
from ansinh.collection.month import services  # noqa: E402
from ansinh.kernel.months import Month  # noqa: E402
from ansinh.ledger import services as ledger  # noqa: E402
from ansinh.ledger.models import Account, Entry, Line  # noqa: E402
from ansinh.office.models import (  # noqa: E402
    Case,
    CaseVerdict,
    Hand,
    Look,
    Period,
    Reading,
    RoleAssignment,
    Run,
    User,
)
from ansinh.registers.models import Participation, Person  # noqa: E402

JANUARY = Month(2026, 1)
DAY = date(2026, 1, 20)


class World:
    """A province with a run month, a pair of officers, and money."""

    def __init__(self) -> None:
        Account.objects.bulk_create(
            (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
        )
        self.books = Books("97")
        self.period = services.open_month(unit=self.books.province, month=JANUARY)
        self.employer = self.books.employer(workers=2)
        self.books.pay(self.employer, DAY, 1_000_000)
        self.preparer, self.signer = (
            User.objects.create(username=f"thu-{n}", full_name="Viên chức thử", kind="staff") for n in "ab"
        )
        self.run = services.queue(actor=None, unit=self.books.province, month=JANUARY)
        self.due = Due.objects.create(
            unit_id=self.books.province.pk,
            run=self.run, month=JANUARY.index, for_month=JANUARY.index, employer_id=self.employer.pk,
            person_id=1, kind=1, counted=True, si_base=1, hi_base=1, ui_base=1, wi_base=1,
            sickness_maternity=1, pension_survivors=1, health=1, unemployment=1, work_injury=1,
            worker_total=1,
        )  # fmt: skip

    def span(self) -> Participation:
        return Participation.objects.filter(employer=self.employer).order_by("pk")[0]

    def post(self, *sides: ledger.Side) -> Entry:
        return ledger.post(
            key="thu", kind="due", unit_id=self.books.province.pk, month=JANUARY.index, posted_on=DAY,
            sides=sides,
        )  # fmt: skip


def refused(words: str, act: Callable[[], Any]) -> None:
    """The database refuses, with these words; nothing else counts."""

    @transaction.atomic
    def tried() -> None:
        act()
        connection.check_constraints()

    with pytest.raises(Error, match=re.escape(words)):
        tried()


def overlapping_participation(w: World) -> None:
    span = w.span()

    def again(since: int, to: int | None) -> Participation:
        return Participation.objects.create(
            person=span.person, employer=span.employer, scheme=span.scheme, from_month=since, to_month=to,
            worker_group=1, wage=1,
        )  # fmt: skip

    refused("participation_no_overlap", lambda: again(span.from_month + 1, None))
    refused("participation_no_overlap", lambda: again(span.from_month - 3, span.from_month))
    refused("participation_months", lambda: again(span.from_month - 1, span.from_month - 2))
    again(span.from_month - 3, span.from_month - 1)


def append_only_ledger(w: World) -> None:
    entries = Entry.objects.filter(unit_id=w.books.province.pk)
    lines = Line.objects.filter(entry__in=entries)
    assert entries.exists()
    assert lines.exists()
    refused("Cannot update or delete", lambda: lines.update(amount=0))
    refused("Cannot update or delete", lambda: lines._raw_delete("default"))
    refused("Cannot update or delete", lambda: entries.update(text="khác"))
    refused("Cannot update or delete", lambda: Due.objects.filter(pk=w.due.pk).update(health=0))
    refused("Cannot update or delete", lambda: Due.objects.filter(pk=w.due.pk).delete())
    refused("Cannot delete", lambda: Receipt.objects.filter(employer=w.employer).delete())


def balanced_entries(w: World) -> None:
    refused("không cân", lambda: w.post(ledger.Side(ledger.BANK, 2), ledger.Side(ledger.SUSPENSE, -1)))
    refused("không có tài khoản", lambda: w.post(ledger.Side("000", 2), ledger.Side(ledger.SUSPENSE, -2)))
    entry = w.post(ledger.Side(ledger.BANK, 2), ledger.Side(ledger.SUSPENSE, -2))
    stray = Line(entry=entry, account_id=ledger.BANK, amount=5, unit_id=entry.unit_id, month=entry.month)
    refused("không cân", stray.save)
    nowhere = [Line(entry_id=10**12, account_id=ledger.BANK, amount=a, unit_id=1, month=1) for a in (5, -5)]
    refused("sai kỳ", lambda: Line.objects.bulk_create(nowhere))
    chart = Account.objects.filter(code=ledger.BANK)
    refused("Cannot", lambda: chart.update(code="000"))
    refused("Cannot", lambda: chart._raw_delete("default"))


def state_machines(w: World) -> None:
    declaration = casework.declaration(
        form="D02-LT", employer=w.employer, office=w.books.office, due_on=DAY, month=JANUARY.index,
        by=w.preparer, checked=True,
    )  # fmt: skip
    states = Declaration.objects.filter(pk=declaration.pk)
    case = Case.objects.filter(thing_kind="declaration", thing_id=declaration.pk)
    for state in ("draft", "booked", "returned"):
        refused("declaration_follows_its_case", lambda state=state: states.update(state=state))
    refused("Invalid transition", lambda: case.update(state="submitted"))
    Hand.objects.create(thing="declaration", key=declaration.pk, user=w.signer, part="decider", act="book")
    signed = {"state": "decided", "outcome": "approved", "decided_at": timezone.now(), "seen": "x"}
    refused("row and case differ", lambda: case.update(decided_by=w.signer, **signed))
    assert case.update(decided_by=w.signer, **signed) == 1
    assert states.update(state="booked", booked_by=w.signer) == 1
    refused("declaration_follows_its_case", lambda: states.update(state="draft"))
    refused("Cannot update", lambda: states.update(month=1))
    refused("Invalid transition", lambda: case.update(state="processing"))
    refused("Invalid transition", lambda: Run.objects.filter(pk=w.run.pk).update(state="done"))
    refused(
        "Invalid transition", lambda: Receipt.objects.filter(employer=w.employer).update(state="suspense")
    )


def preparer_cannot_sign(w: World) -> None:
    refund = casework.refund(
        office=w.books.office, employer=w.employer, reason="thử", amount=1, most=1, payee="A",
        bank_account="1", prepared_by=w.preparer, by=w.preparer,
    )  # fmt: skip
    one, case = (
        Refund.objects.filter(pk=refund.pk),
        Case.objects.filter(thing_kind="refund", thing_id=refund.pk),
    )
    signed = {"state": "decided", "outcome": "approved", "decided_at": timezone.now(), "seen": "x"}
    for who in (w.preparer, w.signer):
        refused("refund_follows_its_case", lambda who=who: one.update(approved_by=who, state="approved"))
        refused("case_decided_by_another", lambda who=who: case.update(decided_by=who, **signed))
    Hand.objects.create(thing="refund", key=refund.pk, user=w.signer, part="decider", act="approve")
    refused("case_decided_unjudged", lambda: case.update(decided_by=w.signer, **signed))
    CaseVerdict.objects.create(case=case.get(), point="assess", version=1, verdict="approved", user=w.signer)
    assert case.update(decided_by=w.signer, **signed) == 1
    refused("refund_follows_its_case", lambda: one.update(approved_by=w.preparer, state="approved"))
    assert one.update(approved_by=w.signer, state="approved") == 1
    refused("Cannot update", lambda: one.update(amount=0))
    refused("Cannot delete", one.delete)


def history_is_kept(w: World) -> None:
    from ansinh.registers import models

    span = w.span()
    before = span.wage
    Participation.objects.filter(pk=span.pk).update(wage=before + 1)
    Person.objects.filter(pk=span.person_id).update(full_name="Tên Mới")
    events = models.ParticipationEvent.objects.filter(pgh_obj_id=span.pk)
    assert [event.wage for event in events] == [before]
    assert models.PersonEvent.objects.filter(pgh_obj_id=span.person_id).count() == 1
    refused("Cannot update or delete", lambda: events.update(wage=0))
    refused("Cannot update or delete", lambda: events._raw_delete("default"))
    span.refresh_from_db()
    Participation.objects.filter(pk=span.pk).delete()
    assert [e.wage for e in events.order_by("pgh_id")] == [before, before + 1]
    role = RoleAssignment.objects.create(
        user=w.signer,
        role="finance",
        unit=w.books.office,
        valid_from=DAY,
        decision="1/QĐ",
        state="granted",
    )
    RoleAssignment.objects.filter(pk=role.pk).update(valid_to=DAY)
    from ansinh.office.models import RoleAssignmentEvent

    assert RoleAssignmentEvent.objects.filter(pgh_obj_id=role.pk).count() == 2
    look = Look.objects.create(user=w.signer, view="person", address="/", purpose="lookup")
    Reading.objects.create(look=look, subject="person", subject_id=1)
    refused("Cannot update or delete", lambda: Look.objects.update(purpose="case"))
    refused("Cannot update or delete", lambda: Reading.objects.update(subject_id=2))


def one_run_and_one_of_each(w: World) -> None:
    refused(
        "run_one_at_a_time",
        lambda: Run.objects.create(kind=w.run.kind, key=w.run.key, unit=w.run.unit, month=JANUARY.index),
    )
    paid = Receipt.objects.filter(employer=w.employer).values()[0]
    del paid["id"]
    refused("receipt_once", lambda: Receipt.objects.create(**paid))
    shown = {
        "run": w.run, "unit_id": w.run.unit_id, "employer_id": w.employer.pk, "month": JANUARY.index,
        "workers": 0, "opening": 0,
        "due": 0, "charged": 0, "received": 0, "allocated": 0, "short": 0, "short_late": 0,
        "short_evaded": 0, "charges_open": 0, "surplus": 0, "days_late": 0, "rows": {}, "digest": "",
    }  # fmt: skip
    Statement.objects.create(**shown)
    refused("statement_once", lambda: Statement.objects.create(**shown))
    refused("Cannot update or delete", lambda: Statement.objects.filter(run=w.run).update(due=1))


def closed_months(w: World) -> None:
    month = Period.objects.filter(pk=w.period.pk)
    month.update(state="closed")
    refused("khóa sổ", lambda: w.books.pay(w.employer, DAY, 5))
    refused("Invalid transition", lambda: month.update(state="open"))
    refused("Cannot delete", month.delete)


CHECKS = (
    overlapping_participation,
    append_only_ledger,
    balanced_entries,
    state_machines,
    preparer_cannot_sign,
    history_is_kept,
    one_run_and_one_of_each,
    closed_months,
)


def main() -> None:
    """Try every check in a transaction that is undone, and say the server's version and what was proven."""
    for check in CHECKS:
        with transaction.atomic():
            check(World())
            transaction.set_rollback(True)
        print(check.__name__)
    print("server", connection.pg_version // 10_000)


if __name__ == "__main__":
    main()

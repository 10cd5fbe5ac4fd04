"""Closing a month: what blocks it is named, whatever the clock says, and exactly the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from tests.collection import casework
from tests.collection.month.books import Books
from tests.collection.receipts.test_receipts import sheet

from ansinh.collection.models import Declaration, PriorityFlag, Receipt, Urge
from ansinh.collection.month import closing, services
from ansinh.collection.notices import services as notices
from ansinh.collection.receipts import services as receipts
from ansinh.config.database import libpq
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.office.models import Period, Run, User
from ansinh.office.rights import Actor, Held
from ansinh.office.runs import checklist
from ansinh.office.runs.checklist import Item, Weight
from ansinh.office.runs.keeper import RunError
from ansinh.registers.models import Employer, EmployerStatus, WorkMonth

JANUARY = Month(2026, 1)
DAY = date(2026, 1, 20)


@pytest.fixture
def books(transactional_db: None, tmp_path: Any, settings: Any) -> Books:
    from ansinh.ledger.models import Account

    settings.VAR = tmp_path
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    return made


@pytest.fixture
def director(books: Books) -> Actor:
    user = User.objects.create(username="gd", full_name="Giám đốc", kind="staff")
    return Actor(user, held=(Held("director", books.province.path, "province"),))


def run(books: Books) -> Run:
    return services.run_month(actor=None, unit=books.province, month=JANUARY)


def close(books: Books, director: Actor) -> Period:
    seen = closing.as_seen(books.province, JANUARY)
    return services.close_month(actor=director, unit=books.province, month=JANUARY, seen=seen)


def blocking(books: Books) -> dict[str, int]:
    """What blocks now: counts by item, each with as many rows behind it as it counts."""
    found = {}
    for one in closing.outlook(books.province, JANUARY).checks:
        lines = checklist.lines(one.item, books.province, JANUARY)
        if one.item.code != "collection.run_missing":
            assert len(lines) == one.found.count, one.item.code
        if one.found.amount is not None:
            assert sum(line.amount or 0 for line in lines) == one.found.amount, one.item.code
        if one.blocks:
            found[one.item.code.removeprefix("collection.")] = one.found.count
    return found


def handed_in(books: Books, employer: Employer, state: str, month: Month = JANUARY) -> Declaration:
    return casework.declaration(
        form="D02-LT", employer=employer, office=books.office, number="1", checked=state == "checked",
        source="file", content_hash=f"{state}{month}", month=month.index,
    )  # fmt: skip


def money(books: Books, state: str, employer: Employer | None = None) -> Receipt:
    return Receipt.objects.create(
        unit_id=books.province.pk, account=books.account, reference=f"{state}{employer}", booked_on=DAY, value_on=DAY,
        month=JANUARY.index, amount=7, state=state, employer=employer, matched_at=timezone.now(),
        matched_month=JANUARY.index if employer else None,
    )  # fmt: skip


def test_everything_that_blocks_is_named_in_both_languages(books: Books, director: Actor) -> None:
    employer = books.employer()
    handed_in(books, employer, "checked")
    user = User.objects.create(username="tc", full_name="Tài chính", kind="staff")
    finance = Actor(user, held=(Held("finance", books.province.path, "province"),))
    receipts.read_bank_file(
        actor=finance, account=books.account, data=sheet(employer), file_name="x.csv", month=JANUARY
    )
    services.queue(actor=None, unit=books.province, month=JANUARY)
    assert blocking(books) == {"run_missing": 1, "under_way": 1, "lists_checked": 1, "files": 1}
    with pytest.raises(RunError) as error:
        close(books, director)
    assert error.value.code == "month.blocked"
    for words in ("Kỳ chưa chạy xong (1)", "Lượt chạy chưa xong (1)", "Hồ sơ của kỳ chờ ghi nhận (1)"):
        assert words in error.value.vi
    assert "A run is under way (1)" in error.value.en
    assert Period.objects.get(month=JANUARY.index).state == "open"


def test_what_goes_on_in_the_next_month_does_not_block(books: Books, director: Actor) -> None:
    employer = books.employer()
    run(books)
    handed_in(books, employer, "draft")
    handed_in(books, employer, "checked", JANUARY + 1)
    money(books, "suspense")
    assert blocking(books) == {}
    told = {one.item.code: one.found for one in closing.outlook(books.province, JANUARY).checks}
    assert told["collection.lists_draft"].count == 1
    assert (told["collection.suspense"].count, told["collection.suspense"].amount) == (1, 7)
    assert close(books, director).state == "closed"


def late(books: Books, employer: Employer) -> Any:
    return books.worker(employer)


CHANGES: dict[str, tuple[str, Callable[[Books, Employer], Any]]] = {
    "a span": ("records_after", late),
    "a span that ends": ("records_after", lambda _b, e: e.participation_set.update(to_month=JANUARY.index)),
    "a span that goes": ("records_after", lambda _b, e: e.participation_set.all()[0].delete()),
    "days of work": (
        "records_after",
        lambda _b, e: WorkMonth.objects.create(
            employer=e, person=e.participation_set.all()[0].person, month=JANUARY.index, unpaid_days=14
        ),
    ),
    "a state": (
        "records_after",
        lambda _b, e: EmployerStatus.objects.create(
            employer=e, state="bankrupt", valid_from=DAY, evidence="QĐ 1"
        ),
    ),
    "a cycle": ("records_after", lambda _b, e: Employer.objects.filter(pk=e.pk).update(cycle=3)),
    "a priority": (
        "records_after",
        lambda _b, e: PriorityFlag.objects.create(
            employer=e, person=e.participation_set.all()[0].person, from_month=JANUARY.index, reason="x"
        ),
    ),
    "a letter of the month": (
        "records_after",
        lambda _b, e: Urge.objects.create(
            employer=e, month=JANUARY.index - 1, number="1", issued_on=DAY, amount=1, run=Run.objects.get()
        ),
    ),
    "money": ("matched_after", lambda b, e: money(b, "matched", e)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_the_run_has_not_read_blocks_until_it_has(books: Books, change: str) -> None:
    item, make = CHANGES[change]
    employer, other = books.employer(), books.employer()
    run(books)
    assert blocking(books) == {}
    make(books, employer)
    assert blocking(books) == {item: 1}
    if item == "records_after":
        [line] = checklist.lines(checklist.item("collection.records_after"), books.province, JANUARY)
        assert (line.thing, line.key) == ("employer", employer.pk) != ("employer", other.pk)
    run(books)
    assert blocking(books) == {}


def test_a_list_booked_after_the_run_blocks_whatever_the_clock_says(books: Books, director: Actor) -> None:
    """The clock is set back an hour before the list is booked; a month was closed over it."""
    employer = books.employer()
    run(books)
    booked = handed_in(books, employer, "draft")
    with psycopg.connect(libpq(connection.settings_dict)) as other:
        other.execute(
            "INSERT INTO office_hand (thing, key, user_id, part, act)"
            " VALUES ('declaration', %s, %s, 'decider', 'book')",
            [booked.pk, director.user.pk],
        )
        other.execute(
            "UPDATE office_case SET state = 'decided', outcome = 'approved', seen = 'x', decided_at = now(),"
            " decided_by_id = %s WHERE thing_kind = 'declaration' AND thing_id = %s",
            [director.user.pk, booked.pk],
        )
        other.execute(
            "UPDATE collection_declaration SET state = 'booked', booked_by_id = %s,"
            " booked_at = now() - interval '1 year' WHERE id = %s",
            [director.user.pk, booked.pk],
        )
    assert blocking(books) == {"lists_after": 1}
    with pytest.raises(RunError, match="Hồ sơ ghi nhận sau lượt chạy"):
        close(books, director)
    run(books)
    assert close(books, director).state == "closed"


def test_what_was_under_way_while_the_run_read_counts_as_newer(books: Books) -> None:
    """It began before the run and was committed after: its clock is older than the run's."""
    employer = books.employer()
    with psycopg.connect(libpq(connection.settings_dict)) as slow:
        slow.execute("UPDATE registers_employer SET cycle = 3 WHERE id = %s", [employer.pk])
        run(books)
        slow.commit()
    assert blocking(books) == {"records_after": 1}


def test_a_run_whose_snapshot_tells_nothing_has_to_be_repeated(books: Books) -> None:
    books.employer()
    done = run(books)
    for snapshot in (None, "99999999999:99999999999:"):  # of before snapshots were kept; of an older server
        frozen = {**done.frozen, "snapshot": snapshot} if snapshot else dict(done.frozen)
        if not snapshot:
            frozen.pop("snapshot")
        Run.objects.filter(pk=done.pk).update(frozen=frozen)
        assert blocking(books) == {"moved": 1, "records_after": 1}
    assert run(books).result["reread"] == 2
    assert blocking(books) == {}
    assert "reread" not in run(books).result


def test_letters_and_refunds_are_told(books: Books) -> None:
    books.employer(cycle=1)
    run(books)
    told = closing.outlook(books.province, JANUARY)
    due = notices.letters(books.province, JANUARY)
    assert told.found("collection.letters").count == sum(one.letters for one in due)
    assert told.found("collection.refunds").count == 0
    with pytest.raises(LookupError):
        told.found("collection.nothing")


def test_another_room_adds_what_it_wants_asked(
    books: Books, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checklist, "_declared", dict(checklist._declared))
    here = "tests.collection.month.test_closing"
    asked = Item("benefits.unpaid", "Chưa chi trả", Weight.BLOCKS, f"{here}:unpaid", "Chi trả")
    checklist.register(asked)
    run(books)
    with pytest.raises(RunError, match=r"Chưa chi trả \(3\)"):
        close(books, director)
    with pytest.raises(ValueError, match="otherwise"):
        checklist.register(Item("benefits.unpaid", "Khác", Weight.KNOW, asked.find, ""))


def unpaid(_unit: Any, _month: Month) -> checklist.Found:
    return checklist.Found(3)

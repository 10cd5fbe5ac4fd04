"""Three provinces in one database, one months ahead, run at once: none sees or waits for another's books."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.collection.month.books import Books

from ansinh.collection.models import Allocation, Charge, Due, OpenItem, Receipt, Statement
from ansinh.collection.month import closing, selectors, services
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account
from ansinh.office.models import User
from ansinh.office.rights import Actor, Held

JANUARY = Month(2026, 1)
TABLES = (Due, Charge, Allocation, OpenItem, Statement, Receipt)
WHOLE = 3_250_000  # two workers' dues are twice this; what is paid leaves both short
FIGURES = ("workers", "opening", "due", "charged", "received", "allocated", "short", "surplus", "rows")


def close(books: Books, month: Month) -> None:
    user = User.objects.create(username=f"gd{books.province.code}{month}", full_name="Giám đốc", kind="staff")
    director = Actor(user, held=(Held("director", books.province.path, "province"),))
    seen = closing.as_seen(books.province, month)
    services.close_month(actor=director, unit=books.province, month=month, seen=seen)


def figures(employer_id: int, month: Month) -> dict[str, object]:
    return Statement.objects.filter(employer_id=employer_id, month=month.index).values(*FIGURES).get()


@pytest.mark.django_db(transaction=True)
def test_three_provinces_one_months_ahead_run_at_once() -> None:
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    ahead, *others = provinces = [Books(code) for code in ("20", "01", "75")]
    firms = {books: books.employer(workers=2) for books in provinces}
    for books in provinces:
        services.open_month(unit=books.province, month=JANUARY)
        books.pay(firms[books], date(2026, 1, 20), WHOLE)
    for month in (JANUARY, JANUARY + 1):  # alone, and what the others must come to
        services.run_month(actor=None, unit=ahead.province, month=month)
        close(ahead, month)
    now = {ahead: JANUARY + 2, **dict.fromkeys(others, JANUARY)}
    gate, failed = threading.Barrier(3), []

    def run(books: Books) -> None:
        try:
            gate.wait(timeout=30)
            services.run_month(actor=None, unit=books.province, month=now[books])
        except Exception as error:  # noqa: BLE001 -- told by the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(books,)) for books in provinces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failed == []
    for books in others:
        assert figures(firms[books].pk, JANUARY) == figures(firms[ahead].pk, JANUARY)
        assert ledger.balances(
            unit_id=books.province.pk, month=JANUARY.index, party_id=firms[books].pk
        ) == ledger.balances(unit_id=ahead.province.pk, month=JANUARY.index, party_id=firms[ahead].pk)
    for table in TABLES:
        for books in provinces:
            held = table.objects.filter(unit_id=books.province.pk)
            assert set(held.values_list("employer_id", flat=True)) <= {firms[books].pk}, table
    assert figures(firms[ahead].pk, JANUARY + 2)["opening"] != 0
    told = {books: notices.letters(books.province, JANUARY) for books in provinces}
    assert all(one.office == books.office.name for books, found in told.items() for one in found)


@pytest.mark.django_db
def test_the_months_of_a_person_are_read_by_indexes() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert selectors.months_of(7) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    for index in ("due_person", "allocation_person"):
        assert f"using {index}" in plan, plan
    conditions = [line for line in plan.splitlines() if "Index Cond" in line and "unit_id" in line]
    assert len(conditions) == 2, plan
    for condition in conditions:
        assert all(
            key in condition for key in ("unit_id = ANY", "month = ANY", "employer_id = ANY", "person_id = 7")
        )


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["due", "charge", "allocation", "openitem", "statement"])
def test_a_month_of_an_employer_is_read_through_the_books_of_its_province(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"""EXPLAIN SELECT * FROM collection_{table}
                WHERE unit_id = ANY(ARRAY(SELECT id FROM office_unit)) AND month = 24312 AND employer_id = 7"""
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    name = {
        "due": "due_person", "allocation": "allocation_person", "openitem": "open_item_books", "statement": "statement_once"
    }.get(table, f"{table}_books")  # fmt: skip
    assert f"using {name}" in plan or f"on {name}" in plan, plan
    assert "Index Cond: ((unit_id = ANY" in plan, plan
    assert "Filter" not in plan.split("InitPlan")[0], plan

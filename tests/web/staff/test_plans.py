"""How the database finds a page of a list: by an index in its order, and never by sorting everything.

With sorting switched off the planner sorts only where no index has the order, however few the rows are: so
the plan on a small record tells what is possible on a large one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import NOW, Scenery
from tests.web.staff.waiting import declared, suspense

from ansinh.collection.models import Statement
from ansinh.collection.month import selectors
from ansinh.collection.refunds import selectors as refunds
from ansinh.office.models import Run
from ansinh.registers import access
from ansinh.web.ui import tables, words

PAGE = re.compile(r"ORDER BY .* LIMIT \d+$", re.DOTALL)
OFF = ("seqscan", "sort", "hashjoin", "mergejoin", "bitmapscan")
LISTS = {
    "/nguoi/": "person_order",
    "/nguoi/?sort=-full_name": "person_order",
    "/nguoi/?ten=nguyen": "person_name",
    "/nguoi/?ten=nguyen&sort=-full_name": "person_name",
    "/nguoi/?sort=born": "person_born",
    "/tien-nop/": "receipt_order",
    "/ho-so-thu/": "declaration_order",
    "/ho-so-thu/?sort=due": "declaration_due",
    "/viec/cua-phong/": "declaration_pending",
    "/nhat-ky/": "look_order",
}


@pytest.fixture
def small(db: None) -> Scenery:
    """One row of everything that is listed."""
    scene = Scenery()
    person, employer = scene.person("Nguyễn Văn Án"), scene.employer()
    scene.works(person, employer)
    suspense(scene)
    declared(scene)
    return scene


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def explained(sql: str, *off: str) -> list[dict[str, Any]]:
    with transaction.atomic(), connection.cursor() as cursor:
        for name in off:
            cursor.execute(f"SET LOCAL enable_{name} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
        told = json.loads(found) if isinstance(found, str) else found
    return list(nodes(told[0]["Plan"]))


def test_a_page_is_read_in_the_order_of_its_index(small: Scenery, staff_client: Callable[..., Any]) -> None:
    seen = {}
    for role in ("director", "administrator"):
        client = staff_client(role)
        client.get("/so-van-ban/?don-vi=999999")  # written down as asked for in vain
        for address in LISTS:
            if (address == "/nhat-ky/") is (role == "administrator"):
                seen[address] = read_by(client, address)
    assert seen == LISTS


def read_by(client: Any, address: str) -> str:
    """The index in whose order a page was read, or what was done instead."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.context["table"].shown, "a page without rows shows nothing of how they are found"
    plans = [explained(query["sql"], *OFF) for query in asked if PAGE.search(query["sql"])]
    for plan in plans:
        if LISTS[address] in {node.get("Index Name") for node in plan}:
            whole = any(
                node["Node Type"] == "Sort" for node in plan
            )  # not an incremental one: it goes row by row
            return "sorts" if whole else LISTS[address]
    return str([sorted({str(node.get("Index Name")) for node in plan}) for plan in plans])


def test_who_works_at_ours_is_asked_of_each_row_and_never_gathered(small: Scenery) -> None:
    """A page of an officer of a base office reads a few rows; the people of all its employers are many."""
    actor = small.officer("collection", small.office)
    sql = str(access.people(actor).order_by("name_sort", "pk")[:50].query)
    quoted = re.sub(r"LIKE ([^\s)]+)", r"LIKE '\1'", sql)  # `str` of a query leaves texts bare
    plan = explained(quoted)
    assert not any("hashed" in str(node.get("Filter", "")) for node in plan)
    assert "Nguyễn Văn Án" in {person.full_name for person in access.people(actor)}
    parts = access.people_in_parts(actor)
    assert {person.pk for part in parts for person in part} == {person.pk for person in access.people(actor)}


@pytest.mark.django_db
def test_whom_an_employer_insures_is_read_from_an_index_alone() -> None:
    """The people of all employers of an office are counted so when a name is looked for."""
    [read] = explained(
        "SELECT person_id FROM registers_participation WHERE employer_id = 7", "seqscan", "bitmapscan"
    )
    assert (read["Node Type"], read["Index Name"]) == ("Index Only Scan", "participation_employer")


def test_refunds_are_found_by_key_before_they_are_joined(small: Scenery) -> None:
    found = refunds.in_scope(small.officer("director")).order_by("-prepared_at", "-pk")
    with CaptureQueriesContext(connection) as asked:
        assert list(tables.Pages(found, 50, 100, keyed=True).page(1)) == []
    keys = asked[0]["sql"]
    assert keys.startswith('SELECT "collection_refund"."id" AS "pk" FROM')
    assert {node.get("Index Name") for node in explained(keys, *OFF)} >= {"refund_order"}


def test_the_newest_statement_is_the_one_with_no_newer(small: Scenery) -> None:
    run = Run.objects.create(
        kind="collection.month", unit=small.province, month=NOW.index, key="x", state="done"
    )
    employer = small.employer()
    figures = dict.fromkeys(
        ("workers", "opening", "due", "charged", "received", "allocated", "short", "short_late", "short_evaded",
         "charges_open", "surplus", "days_late"), 0,
    )  # fmt: skip
    for version in (1, 2, 3):
        Statement.objects.create(
            run=run, unit_id=small.province.pk, employer_id=employer.pk, month=NOW.index, version=version,
            rows={}, digest="", **figures,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        found = list(selectors.statements(small.officer("director"), NOW))
    assert [statement.version for statement in found] == [3]
    plan = explained(asked[-1]["sql"], "seqscan")
    assert {node.get("Join Type") for node in plan} >= {"Anti"}
    reads = [node for node in plan if node.get("Index Name") == "statement_once"]
    assert len(reads) == 2
    assert all("unit_id" in node["Index Cond"] for node in reads)


def test_no_more_are_counted_than_can_be_leafed_through(
    small: Scenery, staff_client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        small.person()
    monkeypatch.setattr(tables, "COUNTED", 5)
    monkeypatch.setattr(words, "COUNTED", 5)
    monkeypatch.setattr(tables, "FAR", 4)
    for unit, leafed in ((small.province, 5), (small.office, 4)):
        client = staff_client(user=small.officer("collection", unit).user)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/nguoi/")
        table = answer.context["table"]
        assert table.count == 6
        assert "hơn 5" in answer.content.decode()
        assert table.page.paginator.count == leafed
    assert any("COUNT" in query["sql"] and query["sql"].endswith("LIMIT 6) subquery") for query in asked)
    sorted_by = [heading.column.key for heading in table.headings if heading.url]
    assert sorted_by == ["full_name", "born"]  # the others have no index
    few = client.get("/nguoi/?ten=nguyễn văn").context["table"]
    assert (few.count, few.is_more) == (1, False)

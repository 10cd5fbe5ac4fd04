"""The register of official numbers: every number with what it stands on, gaps named, nothing of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.collection import casework
from tests.collection.declarations.scenery import Scenery
from tests.collection.month.books import Books
from tests.office.cases.desk import Desk, registered

from ansinh.collection.models import Statement, Urge
from ansinh.collection.month import KIND
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.office import numbers
from ansinh.office.models import Run
from ansinh.office.numbers.models import OfficialNumber, Series
from ansinh.office.rights import actor_of

ADDRESS = "/so-van-ban/"
JANUARY = Month(2026, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def urged(books: Books) -> Books:
    """Two letters of January in the series of their province."""
    run = Run.objects.filter(kind=KIND).latest("pk")
    owing = [books.paying, books.late]
    with transaction.atomic():
        block = numbers.take("urge", unit=books.province, year=2026, count=len(owing))
        letters = [
            Urge.objects.create(
                employer=employer,
                month=JANUARY.index,
                number=text,
                issued_on=date(2026, 2, 5),
                amount=1,
                run=run,
            )
            for employer, text in zip(owing, block.texts, strict=True)
        ]
        numbers.bind(block, actor=None, thing="urge", keys=[letter.pk for letter in letters])
    return books


def test_every_letter_leads_to_its_statement(urged: Books, staff_client: Callable[..., Any]) -> None:
    page = staff_client("director").get(ADDRESS).content.decode()
    letters = Urge.objects.all()
    assert letters
    for letter in letters:
        assert letter.number in page
        assert f"/don-vi/{letter.employer_id}/c12/2026-01/" in page
    assert f"Đã cấp {len(letters)} số" in page
    assert "không hụt" in page


def test_who_may_not_open_the_statement_reads_the_number_alone(
    urged: Books, staff_client: Callable[..., Any]
) -> None:
    page = staff_client("administrator").get(ADDRESS).content.decode()
    assert Urge.objects.all()[0].number in page
    assert "/c12/" not in page


def links(answer: Any) -> list[str]:
    """Where the rows of the table lead."""
    rows = re.search(r"<tbody>.*</tbody>", answer.content.decode(), re.DOTALL)
    return re.findall(r'href="([^"]+)"', rows[0]) if rows else []


@pytest.mark.parametrize("role", ["checks", "director"])
def test_a_case_leads_to_a_page_that_opens(
    role: str, scene: Scenery, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    """Whoever checks an office works on no case, but reads refunds and lists."""
    refund = casework.refund(office=scene.office, reason="x", amount=5, most=5, payee="A", bank_account="1")
    client = staff_client(user=officer(role, unit=scene.province))
    found = links(client.get(f"{ADDRESS}?don-vi={scene.office.pk}"))
    assert found == [f"/tien-nop/hoan-tra/{refund.pk}/"]
    assert client.get(found[0]).status_code == 200


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with registered() as made:
        yield made


def test_a_case_whose_thing_has_no_page_is_only_for_who_works_on_cases(
    desk: Desk, staff_client: Callable[..., Any]
) -> None:
    (case,) = desk.open()
    checker = staff_client(user=desk.officer("checks").user).get(ADDRESS)
    assert (links(checker), case.number in checker.content.decode()) == ([], True)
    client = staff_client(user=desk.director.user)
    assert links(client.get(ADDRESS)) == [f"/giai-quyet/ho-so/{case.pk}/"]


def test_who_issued_a_letter_and_who_opened_a_case_are_named(
    books: Books, desk: Desk, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    stands = Statement.objects.get(employer_id=books.late.pk)
    stands.pk, stands.version, stands.digest, stands.short_late = None, 2, "late", stands.short
    stands.save()
    clerk, issued = actor_of(officer("collection", unit=books.province)), date(2026, 2, 5)
    seen = notices.as_seen(books.province, JANUARY, issued)
    notices.urge(actor=clerk, unit=books.province, month=JANUARY, issued_on=issued, seen=seen)
    with transaction.atomic():
        desk.open()
    given = {number.thing: number.given_by for number in OfficialNumber.objects.all()}
    assert given == {"urge": clerk.user, "case": desk.clerk.user}
    page = staff_client("director").get(f"{ADDRESS}?don-vi={books.province.pk}").content.decode()
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert f">{clerk.user}</td>" in rows


def test_a_gap_is_named(urged: Books, staff_client: Callable[..., Any]) -> None:
    """The database refuses to commit one, so it is seen before it would be."""
    director = staff_client("director")
    with transaction.atomic():
        series = Series.objects.get(kind="urge")
        Series.objects.filter(pk=series.pk).update(last=series.last + 2)
        missing = [series.last + 1, series.last + 2]
        assert numbers.gaps("urge", unit=urged.province, year=2026) == missing
        page = director.get(ADDRESS).content.decode()
        transaction.set_rollback(True)
    assert f"Hụt số, báo ngay cho quản trị hệ thống: {missing[0]}, {missing[1]}." in page
    assert "không hụt" not in page


def test_numbers_given_elsewhere_are_no_gap(urged: Books, staff_client: Callable[..., Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO office_series (unit_id, kind, year, last, began) VALUES (%s, 'urge', 2025, 12, 12)",
            [urged.province.pk],
        )
    assert numbers.gaps("urge", unit=urged.province, year=2025) == []
    page = staff_client("director").get(f"{ADDRESS}?so=urge-2025").content.decode()
    assert "Các số đến 12 được cấp ở sổ trước" in page


def test_other_units_are_not_found(urged: Books, staff_client: Callable[..., Any]) -> None:
    director = staff_client("director")
    assert director.get(f"{ADDRESS}?don-vi=999999").status_code == 404
    assert director.get(f"{ADDRESS}?don-vi=x").status_code == 404
    assert director.get(f"{ADDRESS}?don-vi={urged.province.pk}&so=nothing-1").status_code == 200


def test_the_cost_does_not_grow_with_the_numbers(urged: Books, staff_client: Callable[..., Any]) -> None:
    director = staff_client("director")
    director.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        director.get(ADDRESS)
    with transaction.atomic():
        block = numbers.take("urge", unit=urged.province, year=2026, count=40)
        numbers.bind(block, actor=None, thing="urge", keys=range(10_000, 10_040))
    with CaptureQueriesContext(connection) as many:
        director.get(ADDRESS)
    assert len(many) == len(few)

"""Official numbers: no gap, no double, nobody waits but for the same series; a real Postgres throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import Error, connection, connections, transaction
from tests.collection.month.books import Books
from tests.safety.processes import Child, alone, until
from tests.safety.test_at_once import at_once

from ansinh.collection.models import Urge
from ansinh.config.database import libpq
from ansinh.kernel.months import Month
from ansinh.office import numbers
from ansinh.office.models import OfficialNumber, Run, Series, Unit

pytestmark = pytest.mark.django_db(transaction=True)

# Takes a thousand numbers, binds them, and stops before its transaction ends.
TAKES = """
import sys, django
django.setup()
from django.db import transaction
from ansinh.office import numbers
from ansinh.office.models import Unit
with transaction.atomic():
    block = numbers.take("dossier", unit=Unit.objects.get(code="20"), year=2026, count=1000)
    numbers.bind(block, actor=None, thing="case", keys=list(range(5_000, 6_000)))
    print("HERE", flush=True)
    sys.stdin.readline()
"""


def unit(code: str) -> Unit:
    made = Unit.objects.create(
        kind="province", code=code, name=code, name_fold=code, name_sort=code, path="/",
        valid_from=date(2025, 7, 1),
    )  # fmt: skip
    made.path = f"/{made.pk}/"
    made.save(update_fields=["path"])
    return made


@pytest.fixture
def office() -> Unit:
    return unit("20")


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    Child.end_all()


def give(at: Unit, key: int, *, year: int = 2026, kind: str = "dossier") -> str:
    return numbers.give(kind, actor=None, unit=at, year=year, thing="case", key=key)


def whole(at: Unit, *, year: int = 2026, kind: str = "dossier") -> list[int]:
    """The numbers of a series, seen to be 1, 2, 3 …"""
    assert numbers.gaps(kind, unit=at, year=year) == []
    found = [line.value for line in numbers.listed(kind, unit=at, year=year)]
    assert found == list(range(1, len(found) + 1))
    return found


def test_each_year_unit_and_kind_begins_at_one_and_is_written_its_way(office: Unit) -> None:
    other = unit("24")
    assert [give(office, 1), give(office, 2), give(office, 3, year=2027)] == [
        "00001/2026/20",
        "00002/2026/20",
        "00001/2027/20",
    ]
    assert give(other, 4) == "00001/2026/24"
    assert give(office, 5, kind="urge") == "1/ĐĐ-BHXH"
    listed = numbers.listed("dossier", unit=office, year=2026)
    assert [(line.value, line.text, line.thing, line.key) for line in listed] == [
        (1, "00001/2026/20", "case", 1),
        (2, "00002/2026/20", "case", 2),
    ]
    assert numbers.of_thing("case", 2) == "00002/2026/20"
    assert numbers.of_thing("case", 99) == ""
    assert numbers.series_of(office).count() == 3


def test_what_is_rolled_back_leaves_no_gap(office: Unit) -> None:
    give(office, 1)
    with transaction.atomic():
        give(office, 2)
        transaction.set_rollback(True)
    with transaction.atomic():
        with transaction.atomic():  # a savepoint only
            give(office, 3)
            transaction.set_rollback(True)
        assert give(office, 4) == "00002/2026/20"
    assert whole(office) == [1, 2]


def test_many_at_once_get_one_each(office: Unit) -> None:
    got = at_once(*(lambda key=key: [give(office, key * 10 + n) for n in range(5)] for key in range(6)))
    assert sorted(text for texts in got for text in texts) == [f"{n:05}/2026/20" for n in range(1, 31)]
    assert len(whole(office)) == 30


def test_only_who_wants_the_same_series_waits(office: Unit) -> None:
    other = unit("24")
    with transaction.atomic():
        give(office, 1)
        with psycopg.connect(libpq(connection.settings_dict), autocommit=True) as second:
            second.execute("SET lock_timeout = '200ms'")
            take = "INSERT INTO office_series (unit_id, kind, year, last, began) VALUES (%s, %s, %s, 5, 5)"
            again = " ON CONFLICT (unit_id, kind, year) DO UPDATE SET last = office_series.last + 1"
            for at, kind, year in (
                (other.pk, "dossier", 2026),
                (office.pk, "urge", 2026),
                (office.pk, "dossier", 2027),
            ):
                second.execute(take + again, [at, kind, year])
            with pytest.raises(psycopg.errors.LockNotAvailable):
                second.execute(take + again, [office.pk, "dossier", 2026])
    assert whole(office) == [1]


def test_a_thousand_in_one_go_and_killed_in_the_middle(office: Unit, var: Path) -> None:
    give(office, 1)
    child = Child(var, "-c", TAKES)
    child.reach("HERE")
    child.kill()
    until(alone)
    assert whole(office) == [1]
    child = Child(var, "-c", TAKES)
    child.reach("HERE")
    results: list[Any] = at_once(lambda: give(office, 2), child.go_on)
    child.finish()
    assert results[0] == "01002/2026/20"  # it waited for the thousand
    assert len(whole(office)) == 1002


def test_two_thousand_take_a_few_statements(
    office: Unit, django_assert_num_queries: Callable[..., Any]
) -> None:
    with transaction.atomic(), django_assert_num_queries(2):
        block = numbers.take("dossier", unit=office, year=2026, count=2_000)
        numbers.bind(block, actor=None, thing="case", keys=range(2_000))
    assert (block.values, block.texts[-1]) == (range(1, 2_001), "02000/2026/20")


def bind_two_of_three(office: Unit) -> None:
    block = numbers.take("dossier", unit=office, year=2026, count=3)
    half = numbers.Block(block.series, block.first, block.texts[:2])
    numbers.bind(half, actor=None, thing="case", keys=[2, 3])


def test_a_number_that_stands_on_nothing_is_not_committed(office: Unit) -> None:
    give(office, 1)
    with pytest.raises(Error, match="không gắn văn bản"), transaction.atomic():
        numbers.take("dossier", unit=office, year=2026)
    with pytest.raises(Error, match="không gắn văn bản"), transaction.atomic():
        bind_two_of_three(office)
    assert whole(office) == [1]


def test_the_database_lets_nobody_tamper_with_a_series(office: Unit) -> None:
    give(office, 1)
    give(office, 2)
    series = Series.objects.get()
    tries = (
        lambda: Series.objects.filter(pk=series.pk).update(last=1),
        series.delete,
        lambda: OfficialNumber.objects.filter(value=2).delete(),
        lambda: OfficialNumber.objects.filter(value=2).update(key=7),
        lambda: OfficialNumber.objects.create(series=series, value=3, text="3", thing="case", key=3),
        lambda: OfficialNumber.objects.create(series=series, value=2, text="2", thing="case", key=3),
    )
    for attempt in tries:
        with pytest.raises(Error), transaction.atomic():
            attempt()
    assert whole(office) == [1, 2]


@pytest.mark.parametrize("began", [0, 1, 999, 1000, 1001, 1500])
def test_every_gap_is_named_wherever_it_lies(office: Unit, began: int) -> None:
    """The database refuses to commit one, so it is seen before it would be."""
    last = 5200
    missing = {began + 1, 1999, 2000, 2001, *range(2900, 4101), 5000, last}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO office_series (unit_id, kind, year, last, began)
               VALUES (%s, 'dossier', 2026, %s, %s) RETURNING id""",
            [office.pk, last, began],
        )
        (series,) = cursor.fetchone()
        cursor.execute(
            """INSERT INTO office_officialnumber (series_id, value, text, thing, key, given_at)
               SELECT %s, v, v, 'case', v, now() FROM generate_series(%s + 1, %s) v WHERE v <> ALL(%s)""",
            [series, began, last, sorted(missing)],
        )
        assert numbers.gaps("dossier", unit=office, year=2026) == sorted(missing)
        transaction.set_rollback(True)


@transaction.atomic
def bind_two_to_one(office: Unit) -> None:
    two = numbers.take("dossier", unit=office, year=2026, count=2)
    numbers.bind(two, actor=None, thing="case", keys=[1])


def test_slips_of_the_pen_are_refused(office: Unit) -> None:
    with pytest.raises(LookupError), transaction.atomic():
        numbers.take("dosier", unit=office, year=2026)
    with pytest.raises(RuntimeError, match="transaction"):
        numbers.take("dossier", unit=office, year=2026)
    with pytest.raises(ValueError, match="given back"), transaction.atomic():
        numbers.take("dossier", unit=office, year=2026, count=-1)
    with pytest.raises(ValueError, match="2 numbers for 1"):
        bind_two_to_one(office)
    with pytest.raises(ValueError, match="does not hold"):
        numbers.register("odd", name="Lạ", form="{year}/X")
    with pytest.raises(ValueError, match="already"):
        numbers.register("dossier", name="Khác", form="{value}")
    assert not Series.objects.exists()


def test_letters_numbered_before_series_were_kept_enter_theirs() -> None:
    """An office upgrades in place: its letters keep their numbers, and the next one follows."""
    books, month = Books("20"), Month(2025, 11)
    run = Run.objects.create(kind="collection.month", key="x", unit=books.province, month=month.index)
    letters = [
        Urge.objects.create(
            employer=books.employer(workers=0), month=month.index, number=f"{n}/ĐĐ-BHXH", issued_on=day,
            amount=1, run=run,
        )
        for n, day in ((1, date(2025, 12, 5)), (2, date(2025, 12, 5)), (1, date(2026, 1, 5)))
    ]  # fmt: skip
    module = import_module("ansinh.collection.migrations.0005_letters_in_their_series")
    with connections["default"].cursor() as cursor:
        cursor.execute(module.FORMER)
    assert whole(books.province, year=2025, kind="urge") == [1, 2]
    assert [numbers.of_thing("urge", one.pk) for one in letters] == [one.number for one in letters]
    assert give(books.province, 9, kind="urge") == "2/ĐĐ-BHXH"
    assert whole(books.province, kind="urge") == [1, 2]

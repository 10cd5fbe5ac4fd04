"""The search for other rooms' tables finds what it is for, and finds nothing in the source as it is."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from tests.contracts.tables import SOURCE, findings, of_module, owners

from ansinh.kernel.relations import Relation

COLLECTION = "src/ansinh/collection/example.py"
PEOPLE = "from ansinh.registers.models import Person"
RELATIONS = [
    (room, name, value)
    for room in sorted(path.parent.name for path in SOURCE.glob("*/relations.py"))
    if room != "kernel"
    for name, value in vars(import_module(f"ansinh.{room}.relations")).items()
    if isinstance(value, Relation)
]


def test_nothing_is_found() -> None:
    assert findings() == []


def test_every_table_has_an_owner() -> None:
    assert owners()["targets_figure"] == "steering"
    assert owners()["registers_participationevent"] == "registers"
    assert owners()["pghistory_context"] == "office"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('sql = "SELECT 1 FROM registers_person"', 1, "registers_person is registers's"),
        ('sql = f"""SELECT {x}\nFROM collection_due d\nJOIN OFFICE_UNIT o"""', 3, "OFFICE_UNIT is office's"),
        ('sql = "SELECT 1 FROM public.\\"office_unit\\""', 1, "office_unit is office's"),
        ('tables = {"registers_person": rows}', 1, "registers_person is registers's"),
        ('sql = "DELETE FROM " + "registers_" + "workmonth"', 1, "registers_workmonth is registers's"),
        ('sql = f"SELECT 1 FROM registers_{kind}"', 1, "registers_ begins a name"),
        ('sql = "SELECT 1 FROM registers_%s" % kind', 1, "registers_ begins a name"),
        ('sql = "SELECT 1 FROM registers_{}".format(kind)', 1, "registers_ begins a name"),
        ('sql = "SELECT 1 FROM registers_" + kind', 1, "registers_ begins a name"),
        ('PREFIX = "registers_"', 1, "registers_ begins a name"),
        ("sql = f\"FROM x {f'JOIN ledger_line l' if y else 1}\"", 1, "ledger_line is ledger's"),
        ("sql = f'SELECT 1 FROM {Person._meta.db_table}'", 1, ".db_table"),
        ('sql = "SELECT metadata FROM pghistory_context"', 1, "pghistory_context is office's"),
        (f"{PEOPLE}\nPerson.objects.filter(pk=1).update(sex='F')", 2, "Person is registers's"),
        (f"{PEOPLE}\nPerson.objects.bulk_create(rows)", 2, "Person is registers's"),
    ],
)
def test_another_rooms_table_is_found(text: str, line: int, words: str) -> None:
    found = list(of_module(COLLECTION, text))
    assert len(found) == 1
    assert found[0][0] == line
    assert words in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        'sql = "SELECT 1 FROM collection_due JOIN (SELECT 1) registers USING (id)"',
        'sql = f"SELECT 1 FROM collection_{kind}"',
        'sql = f"SELECT e.office_id, registers_ours.id FROM {EMPLOYER} e"',
        '"""Like `registers_person`, said to people."""',
        'name = "staff/office_list.html"',
        f"{PEOPLE}\nfound = {{}}\nfound.update(Person.objects.in_bulk([1]))",
    ],
)
def test_ones_own_tables_and_words_are_not(text: str) -> None:
    assert list(of_module(COLLECTION, text)) == []


def test_every_room_that_is_read_in_sets_publishes() -> None:
    assert {room for room, _, _ in RELATIONS} == {"collection", "ledger", "office", "registers"}


@pytest.mark.django_db
def test_relations_give_what_they_say_and_cost_nothing() -> None:
    """One statement each: the columns are those published, and the planner merges the SELECT away."""
    assert RELATIONS
    with connection.cursor() as cursor:
        for room, name, relation in RELATIONS:
            cursor.execute(f"SELECT * FROM {relation} r LIMIT 0")
            columns = tuple(column.name for column in cursor.description or ())
            assert columns == relation.columns, f"{room}.{name}"
            cursor.execute(f"EXPLAIN SELECT * FROM {relation} r")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Subquery Scan" not in plan, f"{room}.{name}"

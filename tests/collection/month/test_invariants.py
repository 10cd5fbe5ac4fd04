"""The table of `docs/invariants.md` names tests that exist; and who sees whom, over a random tree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.collection.declarations.scenery import NUMBERS, Scenery

from ansinh.office.models import Mandate, RoleAssignment, User
from ansinh.office.rights import actor_of
from ansinh.registers import access

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "docs" / "invariants.md"


def test_every_test_named_in_the_table_exists() -> None:
    named, current = 0, ""
    for path, name in re.findall(r"`(?:([\w/]+\.py))?(?:::([\w:]+))`", TABLE.read_text(encoding="utf-8")):
        current = path or current
        tree = ast.parse((ROOT / current).read_text(encoding="utf-8"))
        found = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        assert set(name.split("::")) <= found, (current, name)
        named += 1
    assert named > 30


def test_every_check_named_in_the_table_is_one() -> None:
    """Names in brackets are the functions that a property test calls."""
    tree = ast.parse((Path(__file__).parent / "test_properties.py").read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    named = set(re.findall(r"\(`([a-z_]+)`", TABLE.read_text(encoding="utf-8")))
    assert named <= found
    assert len(named) > 4


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(0, 9), min_size=2, max_size=6),
    homes=st.lists(st.integers(0, 9), min_size=2, max_size=6),
    seat=st.integers(0, 9),
)
def test_everyone_sees_their_own_and_nobody_elses(
    db: None, parents: list[int], homes: list[int], seat: int
) -> None:
    """An officer sees their unit's subtree; an employer its own people; a citizen only themselves."""
    scene = Scenery(f"S{next(NUMBERS)}")
    units = [scene.province]
    for number, parent in enumerate(parents):
        above = units[parent % len(units)]
        units.append(scene.unit("base_office", f"{scene.code}.{number + 10}", above))
    above_of = {u.pk: u.parent_id for u in units}
    people, employers, works_at = [], [], {}
    for home in homes:
        office = units[home % len(units)]
        person = scene.person(office=office, commune=office)
        employer = scene.employer(office=office, commune=office)
        boss = employers[home % len(employers)] if employers else employer
        scene.works(person, boss)
        people.append(person)
        employers.append(employer)
        works_at[person.pk] = boss.pk

    def below(unit: int | None, top: int) -> bool:
        while unit is not None and unit != top:
            unit = above_of[unit]
        return unit == top

    place = units[seat % len(units)]
    officer = User.objects.create(username=f"o{next(NUMBERS)}", full_name="Viên chức", kind="staff")
    RoleAssignment.objects.create(
        user=officer,
        role="collection",
        unit=place,
        valid_from=timezone.localdate(),
        decision="1/QĐ",
        state="granted",
    )
    actor = actor_of(officer)
    ours = {e.pk for e in employers if below(e.office_id, place.pk)}
    mine = {p.pk for p in people if below(p.office_id, place.pk) or works_at[p.pk] in ours}
    assert {p.pk for p in access.people(actor)} == mine
    assert {e.pk for e in access.employers(actor)} == ours
    for employer in employers:
        clerk = scene.clerk(employer)
        assert {e.pk for e in access.employers(clerk)} == {employer.pk}
        staff = {p for p, at in works_at.items() if at == employer.pk}
        assert {p.pk for p in access.people(clerk)} == staff
    for person in people:
        citizen = User.objects.create(username=f"c{next(NUMBERS)}", full_name="Người dân", kind="outside")
        Mandate.objects.create(
            user=citizen, party_kind="person", party=person.pk, role="self", state="granted",
            valid_from=timezone.localdate(), decision="1/UQ",
        )  # fmt: skip
        assert [p.pk for p in access.people(actor_of(citizen))] == [person.pk]
        assert not access.employers(actor_of(citizen)).exists()

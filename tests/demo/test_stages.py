"""Stages of the demonstration: one transaction each, done once; and accounts that exist in the demo only."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from ansinh.demo import accounts, building, record, stages
from ansinh.demo.sizes import SMALL, Size, dong_nai
from ansinh.kernel.months import Month
from ansinh.office import units
from ansinh.office.models import RoleAssignment, Run, Unit, User
from ansinh.office.rights import actor_of
from ansinh.registers.models import Employer, HealthCard, Participation, Person

TINY = Size("tiny", "20", 1_900, 1_600, 1_560, 60, 150, 30)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner"), pytest.mark.xdist_group("demo")]


@pytest.fixture(autouse=True)
def _kinds():
    building.declare()


@pytest.fixture
def _demo(settings):
    settings.PROFILE = "demo"
    cache.clear()


@pytest.fixture
def province(_demo, monkeypatch):
    """Lạng Sơn with a tiny population, beside Đồng Nai without any."""
    mine = tuple(u for u in units.listed() if _of_two_provinces(u))
    monkeypatch.setattr(units, "listed", lambda: mine)
    monkeypatch.setattr(units, "_load_successions", lambda _ids: 0)
    units.load()
    record.build(TINY, 5)
    return record.province(TINY)


def _of_two_provinces(unit):
    if unit.kind == "vss":
        return True
    if unit.valid_to is not None:
        return False
    offices = {o.code for o in units.base_offices() if o.province in {"20", "75"}}
    return (
        (unit.kind == "province" and unit.code in {"20", "75"})
        or (unit.kind == "base_office" and unit.code in offices)
        or (unit.kind == "commune" and unit.parent[1] in offices)
    )


def test_the_record_holds_what_the_size_says(province):
    assert Person.objects.count() == TINY.people
    running = Participation.objects.filter(to_month__isnull=True)
    assert running.values("person").distinct().count() == TINY.participants
    assert running.filter(hi=True).values("person").distinct().count() == TINY.health
    assert running.filter(scheme=2).count() == TINY.voluntary
    assert HealthCard.objects.count() == TINY.health
    assert Employer.objects.count() == TINY.employers
    assert Person.objects.exclude(office__path__startswith=province.path).count() == 0


@pytest.mark.usefixtures("province")
def test_constraints_and_indexes_are_back_after_the_load():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conname = 'participation_no_overlap' AND contype = 'x'"
        )
        assert cursor.fetchone()[0] == 1
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname IN ('person_name', 'person_office')")
        assert cursor.fetchone()[0] == 2
    last = Person.objects.order_by("-pk").first()
    made = Person.objects.create(
        si_number="9999999999",
        full_name="A",
        name_fold="a",
        name_sort="a",
        birth_year=2000,
        sex="M",
        commune=last.commune,
        office=last.office,
    )
    assert made.pk > last.pk


def test_a_second_province_goes_on_in_the_same_record(province):
    record.build(dong_nai(500, 12), 5)
    second = record.province(dong_nai())
    assert Employer.objects.filter(office__path__startswith=second.path).count() == 12
    assert Person.objects.filter(office__path__startswith=second.path).count() == 500
    assert Person.objects.filter(office__path__startswith=province.path).count() == TINY.people


def test_one_account_per_role_and_a_second_call_opens_none(province):
    made = accounts.create(province)
    assert made == User.objects.count()
    assert accounts.create(province) == 0
    held = set(RoleAssignment.objects.values_list("role", flat=True))
    assert held == set(RoleAssignment.Role.values)
    base = actor_of(User.objects.get(username="thu.coso"))
    assert base.paths("employer.read")[0] != province.path
    assert base.paths("employer.read")[0].startswith(province.path)
    assert not Employer.objects.filter(officer__isnull=True).exists()


def test_the_listing_signs_in(province):
    accounts.create(province)
    rows = accounts.listing()
    assert {r["role"] for r in rows} >= {*RoleAssignment.Role.values, "employer", "citizen"}
    for row in rows:
        user = User.objects.get(username=row["username"])
        assert user.check_password(row["password"])
        if user.kind == User.Kind.STAFF:
            assert TOTP(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)).validate_code(
                row["code"]
            )
    clerk = authenticate(
        RequestFactory().post("/"), username="donvi", password=accounts.PASSWORD
    ) or User.objects.get(username="donvi")
    firm, worker = clerk.mandates.get(), User.objects.get(username="congdan").mandates.get()
    assert Employer.objects.filter(pk=firm.party).exists()
    assert Participation.objects.filter(person_id=worker.party, employer_id=firm.party).exists()


def test_no_accounts_outside_the_demo(settings):
    settings.PROFILE = "production"
    with pytest.raises(accounts.NotADemo):
        accounts.listing()
    with pytest.raises(accounts.NotADemo):
        accounts.create(Unit())
    with pytest.raises(accounts.NotADemo):
        stages.drop()


def test_marks_of_a_demonstration_built_before_the_engine_become_runs(province):
    """An office's demonstration upgrades in place: nothing that was lived is lived again."""
    marks = {
        "claim": {"size": "small", "seed": 1},
        "units": {},
        "people": {"people": 5},
        "accounts": {},
        "open": {},
    }
    january = ("urge", "declare", "first run", "bank", "run", "measure", "close")
    marks |= {f"2026-01 {name}": {"n": 1} for name in january}
    marks |= {f"2026-02 {name}": {} for name in ("urge", "declare")}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE demo_stage (name text PRIMARY KEY, facts jsonb NOT NULL)")
        cursor.executemany(
            "INSERT INTO demo_stage VALUES (%s, %s::jsonb)", [(k, json.dumps(v)) for k, v in marks.items()]
        )
    for _ in range(2):
        stages.begin(SMALL, 1)
    found = Run.objects.order_by("pk")
    assert [(run.kind, run.month, run.state, run.unit) for run in found] == [
        ("demo.build", None, "done", None),
        ("demo.open", None, "done", province),
        ("demo.month", Month(2026, 1).index, "done", province),
        ("demo.month", Month(2026, 2).index, "failed", province),
    ]
    february = [step.name for step in found[3].steps.all() if step.finished_at]
    assert february == [
        "close",
        "urge",
        "declare",
        "first_run",
    ]  # what is left of the month is done by the next call
    assert found[0].steps.get(name="people").result == {"people": 5}
    assert stages.claimed() == {"size": "small", "seed": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('demo_stage')")
        assert cursor.fetchone()[0] is None
    with pytest.raises(stages.OtherDemo):
        stages.begin(SMALL, 2)


def test_another_size_or_seed_is_refused():
    stages.begin(SMALL, 1)
    stages.begin(SMALL, 1)
    with pytest.raises(stages.OtherDemo) as refused:
        stages.begin(SMALL, 2)
    assert refused.value.code == "demo.other"


def test_people_who_are_no_demonstration_are_left_alone(province):
    with pytest.raises(stages.OtherDemo) as refused:
        stages.begin(SMALL, 1)
    assert refused.value.code == "demo.not-ours"
    with pytest.raises(stages.OtherDemo):
        stages.drop()
    assert Person.objects.exists()

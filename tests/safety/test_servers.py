"""Migrations, constraints and a month's run: on the embedded Postgres, and on the machine's own 15 or later."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from tests.safety import privileges
from tests.safety.constraints import CHECKS
from tests.safety.servers import OLDEST, divided, scratch, system_servers

from ansinh.config import database
from ansinh.config.takeover import divide

SERVERS = system_servers()
pytestmark = pytest.mark.xdist_group("servers")  # a server is made and migrated once
PRIVILEGES = [check.__name__ for check in privileges.CHECKS]

# A month from wages to statements, through the columns, COPY and ADBC, in a database of its own.
MONTH = """
import django
django.setup()
from datetime import date
from django.db.models import Sum
from tests.collection.month.books import Books
from ansinh.collection.models import Due, Statement
from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
month = Month(2026, 1)
books = Books("20")
services.open_month(unit=books.province, month=month)
employer = books.employer(workers=2)
books.pay(employer, date(2026, 1, 20), 5_400_000)
services.run_month(actor=None, unit=books.province, month=month)
again = services.run_month(actor=None, unit=books.province, month=month)
trial = ledger.trial_balance(unit_id=books.province.pk, month=month.index)
print(Due.objects.aggregate(s=Sum("health"))["s"], Statement.objects.get().short, set(again.result.values()),
      sum(closing for *_, closing in trial))
"""


def product(addresses: dict[str, str], var: Path, *arguments: str, role: str = "app") -> str:
    """Run the product in a process of its own on that server, as one of its roles; what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env={
            **os.environ,
            **addresses,
            "ANSINH_DATABASE_ROLE": role,
            "ANSINH_PROFILE": "test",
            "ANSINH_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The oldest server of the machine that will do, on a new cluster with every migration applied."""
    if not SERVERS:
        pytest.skip(f"no Postgres server {OLDEST} or later is installed on this machine")
    with scratch(SERVERS[min(SERVERS)]) as url:
        var = tmp_path_factory.mktemp("var")
        addresses = divided(url)
        assert "OK" in product(addresses, var, "-m", "ansinh.cli", "manage", "migrate")
        yield addresses


def of_the_tests() -> dict[str, str]:
    return database.environment(connection.settings_dict["NAME"], settings.DATABASE_ROLES)


def proven(addresses: dict[str, str], var: Path) -> tuple[list[str], int]:
    """Triggers and constraints bind the owner too: they are tried as the owner, whom no privilege stops."""
    product(addresses, var, "-m", "ansinh.cli", "manage", "migrate", "--check")
    *checks, server = product(addresses, var, "-m", "tests.safety.constraints", role="owner").splitlines()
    return checks, int(server.split()[1])


@pytest.mark.django_db(transaction=True)
def test_constraints_on_the_server_of_the_tests(tmp_path: Path) -> None:
    checks, version = proven(of_the_tests(), tmp_path)
    assert checks == [check.__name__ for check in CHECKS]
    assert version >= OLDEST
    if not os.environ.get("DATABASE_URL"):
        assert version == 18


def test_migrations_and_constraints_on_the_machines_own_server(
    own_server: dict[str, str], tmp_path: Path
) -> None:
    checks, version = proven(own_server, tmp_path)
    assert checks == [check.__name__ for check in CHECKS]
    assert version == min(SERVERS)


def test_a_month_runs_on_the_machines_own_server(own_server: dict[str, str], tmp_path: Path) -> None:
    assert product(own_server, tmp_path, "-c", MONTH).split() == ["900000", "1000000", "{0}", "0"]


@pytest.mark.django_db(transaction=True)
def test_the_application_owns_nothing_on_the_server_of_the_tests(tmp_path: Path) -> None:
    assert product(of_the_tests(), tmp_path, "-m", "tests.safety.privileges").split() == PRIVILEGES


def test_the_application_owns_nothing_on_the_machines_own_server(
    own_server: dict[str, str], tmp_path: Path
) -> None:
    assert product(own_server, tmp_path, "-m", "tests.safety.privileges").split() == PRIVILEGES


@pytest.mark.drill
def test_a_record_of_before_is_handed_over_to_its_owner(tmp_path: Path) -> None:
    """Before, everything belonged to the superuser whom the application was; such a record goes on as it is."""
    if not SERVERS:
        pytest.skip(f"no Postgres server {OLDEST} or later is installed on this machine")
    with scratch(SERVERS[min(SERVERS)]) as url:
        found = database.django(url)

        def address(name: str) -> str:
            return database.libpq({**found, "NAME": name})

        with psycopg.connect(url, autocommit=True) as server:
            server.execute("CREATE DATABASE ansinh ENCODING 'UTF8'")
        former = {"DATABASE_URL": address("ansinh")}
        product(former, tmp_path, "-m", "ansinh.cli", "manage", "migrate")
        with psycopg.connect(former["DATABASE_URL"]) as record:
            record.execute("ALTER SCHEMA public OWNER TO ansinh")  # as after a demonstration built anew

        for _ in range(2):
            divide(address, "ansinh", "ansinh_owner", "ansinh_app")
        addresses = database.environment(
            "ansinh",
            {
                database.OWNER: {**found, "USER": "ansinh_owner"},
                database.APP: {**found, "USER": "ansinh_app"},
            },
        )
        product(addresses, tmp_path, "-m", "ansinh.cli", "manage", "migrate")
        assert product(addresses, tmp_path, "-m", "tests.safety.privileges").split() == PRIVILEGES

"""Ghi tỉnh mẫu vào hồ sơ: the generated columns into the tables, in the order they refer to each other."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from ansinh.demo import employers, population
from ansinh.demo.employers import Place
from ansinh.demo.loading import copy
from ansinh.demo.sizes import Size
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.registers import loading
from ansinh.registers.models import CollectingAccount

OPENED = date(2026, 1, 1)
PERSON = (
    "id, si_number, citizen_id, full_name, name_fold, name_sort, birth_year, birth_month, birth_day, sex, "
    "ethnicity, phone, address, commune_id, office_id, household_id, relation, "
    "identity, identity_on"
)
EMPLOYER = (
    "id, unit_code, tax_code, name, name_fold, name_sort, address, phone, email, commune_id, office_id, "
    "region, cycle, budget, low_injury_rate, health_group, opened_on"
)
PARTICIPATION = (
    "person_id, employer_id, scheme, from_month, to_month, worker_group, health_group, si, hi, ui, wi, "
    "pay_kind, wage, coefficient_milli, 0 AS reserve_milli, position_milli, 0 AS beyond_frame_bp, "
    "seniority_bp, other_pay, FALSE AS part_time, FALSE AS ui_relief, job_title, contract, contract_on, "
    "hospital"
)
# the bank and its BIN are real, as VietQR needs; the account numbers are nobody's
BANK, BANK_BIN = "Agribank", "970405"


def province(size: Size) -> Unit:
    """The province of the demonstration, as it stands from 2025-07-01."""
    return units.unit("province", size.province, OPENED)


def places(size: Size, seed: int) -> list[Place]:
    """Communes of the province with their base offices; a ward weighs about three communes."""
    communes = Unit.objects.filter(
        kind=Unit.Kind.COMMUNE, path__startswith=province(size).path, valid_to__isnull=True
    ).order_by("code")
    found = []
    for commune in communes:
        rng = random.Random(f"{seed}/{commune.code}")  # noqa: S311 -- repeatable demonstration, no secret
        weight = rng.randint(6, 14) * (3 if commune.name.startswith("Phường") else 1)
        assert commune.parent_id is not None  # noqa: S101 -- every commune lies in a base office
        found.append(
            Place(commune.pk, commune.parent_id, commune.name, commune.code, commune.region or 4, weight)
        )
    return found


def build(size: Size, seed: int, *, report: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Generate the province and load it; returns rows by kind. In the caller's transaction.

    Empty tables are filled without their indexes; tables that already hold rows keep them.
    """
    tell = report or (lambda _name, _rows: None)
    here = places(size, seed)
    listed = employers.build(size, here, seed, loading.next_id("employer"))
    con = population.connect()
    population.build(
        con,
        size,
        seed,
        places=here,
        employers=listed,
        first_person=loading.next_id("person"),
        first_household=loading.next_id("household"),
    )
    _register(con, "employer_row", listed)
    _register(con, "status_row", employers.statuses(listed))
    queries = {
        "household": "SELECT id, code, commune_id, "
        "CASE WHEN ward THEN 'Tổ dân phố ' ELSE 'Thôn ' END || hamlet || ', ' || commune_name AS address "
        "FROM household ORDER BY id",
        "person": f"SELECT {PERSON} FROM person ORDER BY id",
        "employer": f"SELECT {EMPLOYER} FROM employer_row ORDER BY id",
        "employer_status": "SELECT employer_id, state, valid_from, valid_to, evidence "
        "FROM status_row ORDER BY employer_id, valid_from",
        "participation": f"SELECT {PARTICIPATION} FROM participation "
        "ORDER BY scheme, employer_id, person_id, from_month",
        "health_card": "SELECT person_id, number, payer, valid_from, valid_to, hospital FROM card "
        "ORDER BY person_id",
    }
    loaded: dict[str, int] = {}
    with loading.without_indexes():
        for kind, sql in queries.items():
            loaded[kind] = copy(con, sql, kind)
            tell(kind, loaded[kind])
    con.close()
    _collecting_accounts(size)
    return loaded


def _collecting_accounts(size: Size) -> None:
    here = province(size)
    offices = Unit.objects.filter(path__startswith=here.path, kind=Unit.Kind.BASE_OFFICE).order_by("code")
    CollectingAccount.objects.bulk_create(
        CollectingAccount(
            office=office,
            bank=BANK,
            bank_bin=BANK_BIN,
            number=f"9800{office.code if office != here else '0' + here.code + '00'}0001",
            holder=office.name if office != here else f"BHXH {here.name}",
            valid_from=OPENED,
            state=CollectingAccount.State.CONFIRMED,
        )
        for office in [here, *offices]
    )


def _register(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    con.register(f"{name}s", pa.Table.from_pylist(rows))
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}s")

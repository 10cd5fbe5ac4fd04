"""The month of an industrial province: 850,000 employees of 12,000 employers, in a scratch database.

Three months are run: the second has arrears brought forward, the third charges too. The database is made and
dropped here; the record itself is not touched.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

NAME = "ansinh_bench"
SETTINGS = "ansinh.config.settings"


def measure(*, quick: bool) -> Iterator[str]:
    """Seconds and memory of each month; a process of its own, so that its memory is its own."""
    from ansinh.config import database

    people, employers = (85_000, 1_200) if quick else (850_000, 12_000)
    address = database.uri(Path("var"))
    import psycopg

    with psycopg.connect(address, autocommit=True) as con:
        con.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        con.execute(f"CREATE DATABASE {NAME}")
    head, _, tail = address.partition("?")
    scratch = head.rsplit("/", 1)[0] + f"/{NAME}" + (f"?{tail}" if tail else "")
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.month", str(people), str(employers)],
            env={
                **os.environ,
                "DATABASE_URL": scratch,
                "ANSINH_PROFILE": "test",
                "DJANGO_SETTINGS_MODULE": SETTINGS,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        yield f"{people:,} employees of {employers:,} employers (goal ≤ 120 s, ≤ 4 GiB at 850,000)"
        yield from (done.stdout or done.stderr[-2000:]).strip().splitlines()
    finally:
        with psycopg.connect(address, autocommit=True) as con:
            con.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def load(people: int, employers: int) -> int:
    """Lay out the province by set-based statements; returns its unit's key."""
    from django.db import connection

    base = "kind, code, name, name_fold, name_sort, path, valid_from, phone, address"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO office_unit ({base}) VALUES ('province','75','x','x','x','/',DATE '2025-07-01','','') RETURNING id"
        )
        root = cursor.fetchone()[0]
        cursor.execute("UPDATE office_unit SET path = %s WHERE id = %s", [f"/{root}/", root])
        cursor.execute(
            f"INSERT INTO office_unit ({base}, parent_id) SELECT 'base_office', '75.' || i, 'x', 'x', 'x', "
            f"'/{root}/' || ({root} + i) || '/', DATE '2025-07-01', '', '', {root} FROM generate_series(1, 20) i"
        )
        cursor.execute(
            f"""INSERT INTO registers_employer (unit_code, tax_code, name, name_fold, name_sort, address, phone, email,
                  commune_id, office_id, region, cycle, budget, low_injury_rate, health_group, opened_on)
                SELECT 'TZ' || i, '', 'e ' || i, 'e ' || i, lpad(i::text, 6, '0'), '', '', '', {root} + 1 + i % 20,
                  {root} + 1 + i % 20, 1 + i % 4, 1, FALSE, FALSE, 'DN', DATE '2020-01-01'
                FROM generate_series(1, {employers}) i"""
        )
        cursor.execute(
            f"""INSERT INTO registers_person (si_number, full_name, name_fold, name_sort, birth_year, sex, commune_id,
                  office_id, identity)
                SELECT '99' || lpad(i::text, 8, '0'), 'p ' || i, 'p ' || i, lpad(i::text, 8, '0'), 1970 + i % 35,
                  CASE WHEN i % 2 = 0 THEN 'F' ELSE 'M' END, {root} + 1 + i % 20, {root} + 1 + i % 20, 'verified'
                FROM generate_series(1, {people}) i"""
        )
        cursor.execute(
            f"""INSERT INTO registers_participation (person_id, employer_id, scheme, from_month, worker_group,
                  health_group, si, hi, ui, wi, pay_kind, wage, coefficient_milli, reserve_milli, position_milli,
                  beyond_frame_bp, seniority_bp, other_pay, part_time, ui_relief)
                SELECT p.id, e.id, 1, 24300, 1, 'DN', TRUE, TRUE, TRUE, TRUE, 0,
                  5000000 + (p.id * 7919 %% 15000000), 0, 0, 0, 0, 0, 0, FALSE, FALSE
                FROM registers_person p JOIN registers_employer e
                  ON e.name_sort = lpad((1 + p.id * 7907 %% {employers})::text, 6, '0')""",
            [],
        )
        cursor.execute("ANALYZE")
    return int(root)


def receive(root: int, month: object) -> None:
    """Eight employers of ten pay about what a month costs, by bank, on days of the month."""
    from django.db import connection

    from ansinh.ledger import services as ledger

    index, first = month.index, month.first_day
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO registers_collectingaccount (office_id, bank, bank_bin, number, holder, valid_from)
               VALUES (%s, 'x', '970405', '1', 'x', DATE '2025-01-01') ON CONFLICT DO NOTHING""",
            [root],
        )
        cursor.execute(
            """INSERT INTO collection_receipt (account_id, reference, booked_on, value_on, month, amount, text,
                 payer_name, payer_account, state, employer_id, matched_month, match_note)
               SELECT (SELECT min(id) FROM registers_collectingaccount), %(m)s || '-' || e.id, %(d)s,
                 %(d)s::date + (e.id %% 25)::int, %(m)s, (s.wages * 32 / 100)::bigint, '', '', '', 'matched', e.id,
                 %(m)s, ''
               FROM registers_employer e JOIN (SELECT employer_id, sum(wage) AS wages FROM registers_participation
                 GROUP BY 1) s ON s.employer_id = e.id WHERE e.id %% 10 < 8""",
            {"m": index, "d": first},
        )
        cursor.execute(
            """CREATE TEMP TABLE staged AS SELECT 'receipt:' || reference AS key, 'receipt'::text AS kind,
                 %s::bigint AS unit_id, month, value_on AS posted_on, ''::text AS text, a.account,
                 CASE WHEN a.account = '112' THEN NULL ELSE employer_id END AS party_id,
                 CASE WHEN a.account = '112' THEN amount ELSE -amount END AS amount
               FROM collection_receipt, (VALUES ('112'), ('338.surplus')) a(account) WHERE matched_month = %s""",
            [root, index],
        )
        ledger.post_columns(cursor.cursor, "staged")
        cursor.execute("DROP TABLE staged")


def main(people: int, employers: int) -> None:
    """Load, then run three months."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from ansinh.collection.month import services
    from ansinh.collection.notices import services as notices
    from ansinh.kernel.months import Month
    from ansinh.office.models import Period, Unit

    call_command("migrate", verbosity=0, skip_checks=True)
    with transaction.atomic():
        root = load(people, employers)
    province = Unit.objects.get(pk=root)
    for step in range(3):
        month = Month(2026, 1) + step
        Period.objects.filter(unit=province).update(state="closed")
        services.open_month(unit=province, month=month)
        with transaction.atomic():
            receive(root, month)
        start = time.perf_counter()
        run = services.run_month(actor=None, unit=province, month=month)
        sent = notices.urge(actor=None, unit=province, month=month, issued_on=(month + 1).first_day)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        rows = sum(run.result.values())
        print(
            f"{month}: {seconds:.0f} s, {rows:,} rows posted, {sent:,} letters, peak {peak:.1f} GiB",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""Tỉnh công nghiệp giả lập: a scratch database of its own, filled by the database, with months lived before.

Sizes are skewed as in a real industrial province: the largest employer has about one worker in twenty-five,
most have a few dozen. The record of the machine is never touched: names of scratch databases begin with
`ansinh_bench_`, their files lie under `var/bench`.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from ansinh.config import database

if TYPE_CHECKING:
    from ansinh.kernel.months import Month
    from ansinh.office.models import Unit
    from ansinh.office.rights import Actor

PEOPLE, EMPLOYERS = 850_000, 12_000
PREFIX = "ansinh_bench_"
FILES = Path("var") / "bench"
SEED = 20260701
OFFICES = 20
OUTSIDE = 50  # one more in so many belongs to no scheme: they are who joins
NAMES = 20_000
HELD = ("director", "collection", "finance", "reception", "administrator")


@dataclass(frozen=True)
class Size:
    """Cỡ tỉnh: people insured through employers, and the employers."""

    people: int
    employers: int

    @classmethod
    def of(cls, share: float) -> Size:
        """So many times the industrial province."""
        return cls(round(PEOPLE * share), round(EMPLOYERS * share))

    @property
    def database(self) -> str:
        """The scratch database of this size."""
        return f"{PREFIX}{self.people}"


def administer(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """One statement on the server itself, by the owner, outside every database of ours."""
    server = database.libpq({**database.roles(Path("var"))[database.OWNER], "NAME": "postgres"})
    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def connect(size: Size, *, fresh: bool = False) -> bool:
    """Point this process at the scratch database of a size; answers whether its months are lived already."""
    if fresh:
        administer(f"DROP DATABASE IF EXISTS {size.database} WITH (FORCE)")
    there = administer("SELECT 1 FROM pg_database WHERE datname = %s", size.database)
    if not there:
        administer(f"CREATE DATABASE {size.database} ENCODING 'UTF8'")
    os.environ |= {
        **database.environment(size.database, database.roles(Path("var"))),
        "ANSINH_VAR": str(FILES.resolve()),
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
    }
    os.environ.setdefault("ANSINH_PROFILE", "test")  # what is served is served as the demonstration is
    import django

    django.setup()
    return bool(there) and _lived()


def clean() -> None:
    """Drop every scratch database and their files."""
    for (name,) in administer("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", PREFIX):
        administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    shutil.rmtree(FILES, ignore_errors=True)


def ready(size: Size) -> Unit:
    """The province with two months run, from before or built now."""
    if not connect(size):
        connect(size, fresh=True)
        build(size)
        live()
    return province()


def build(size: Size) -> None:
    """Units, people, employers and who works where, straight into the tables, by their owner."""
    from django.core.management import call_command
    from django.db import connection

    began = time.monotonic()
    with database.as_owner():
        call_command("migrate", verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            root = _units(cursor)
            _employers(cursor, size, root)
            _people(cursor, size, root)
            _spans(cursor, size)
            cursor.execute("ANALYZE")
    _accounts()
    said(f"{size.people:,} people of {size.employers:,} employers built in {time.monotonic() - began:.0f} s")


def live() -> None:
    """The first two months: the books open, money comes in, arrears arise."""
    from ansinh.collection.month import closing, services
    from ansinh.demo import life

    services.open_month(unit=province(), month=life.START)
    for month in (life.START, life.START + 1):
        bank(month)
        run(month)
        seen = closing.as_seen(province(), month)
        services.close_month(actor=actor("director"), unit=province(), month=month, seen=seen)


def bank(month: Month) -> dict[str, float]:
    """The month's bank files, written first and then read in; seconds and credits of the reading."""
    from ansinh.collection.receipts import services as receipts
    from ansinh.demo import life

    made = life.files(province(), month, SEED)
    began, credits_in = time.monotonic(), 0
    for account, name, content, _ in made:
        read = receipts.read_bank_file(
            actor=actor("finance"), account=account, data=content, file_name=name, month=month
        )
        credits_in += read.counts["credits"]
    spent = time.monotonic() - began
    said(f"{month} bank: {credits_in:,} credits in {spent:.1f} s")
    return {"seconds": spent, "credits": credits_in}


def run(month: Month) -> dict[str, float]:
    """The month's run; seconds, and rows by table."""
    from ansinh.collection.month import services
    from ansinh.office.runs.engine import Watch
    from ansinh.office.runs.kinds import Step

    began = last = time.monotonic()

    class Told(Watch):
        def did(self, step: Step, what: str, count: int) -> None:
            nonlocal last
            now = time.monotonic()
            said(f"  {now - began:6.1f} s +{now - last:5.1f} {step.name} {what} {count:,}")
            last = now

    done = services.run_month(actor=actor("collection"), unit=province(), month=month, watch=Told())
    spent = time.monotonic() - began
    said(f"{month} run in {spent:.1f} s")
    return {"seconds": spent, **done.result}


def province() -> Unit:
    """The scratch province."""
    from ansinh.office.models import Unit

    return Unit.objects.get(kind="province")


def actor(role: str) -> Actor:
    """The officer who holds a role over the province."""
    from ansinh.office.models import User
    from ansinh.office.rights import actor_of

    return actor_of(User.objects.get(username=f"bench.{role}"))


def said(text: str) -> None:
    """Progress, beside the results."""
    print(text, file=sys.stderr, flush=True)


def _lived() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('office_period')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT count(*) FROM office_period WHERE state = 'closed'")
        return bool(cursor.fetchone()[0] >= 2)


def _units(cursor: Any) -> int:
    cursor.execute(
        """INSERT INTO office_unit (kind, code, name, name_fold, name_sort, path, valid_from, phone, address,
             signer, signer_title, archives_inputs)
           VALUES ('province', '75', 'BHXH tỉnh Đồng Nai', 'bhxh tinh dong nai', 'bhxh tinh dong nai', '/1/',
                   '2025-07-01', '', '', '', '', false) RETURNING id"""
    )
    root = int(cursor.fetchone()[0])
    cursor.execute("UPDATE office_unit SET path = %s WHERE id = %s", [f"/{root}/", root])
    cursor.execute(
        """INSERT INTO office_unit (id, kind, code, name, name_fold, name_sort, path, valid_from, parent_id,
             phone, address, signer, signer_title, archives_inputs)
           SELECT %(root)s + i, 'base_office', '750' || lpad(i::text, 2, '0'), 'BHXH cơ sở ' || i,
                  'bhxh co so ' || i, 'bhxh co so ' || lpad(i::text, 2, '0'),
                  '/' || %(root)s || '/' || (%(root)s + i) || '/', '2025-07-01', %(root)s, '', '', '', '', false
           FROM generate_series(1, %(offices)s) i""",
        {"root": root, "offices": OFFICES},
    )
    cursor.execute("SELECT setval(pg_get_serial_sequence('office_unit', 'id'), %s)", [root + OFFICES])
    cursor.execute(
        """INSERT INTO registers_collectingaccount (office_id, bank, bank_bin, number, holder, valid_from,
             state, reason)
           SELECT id, 'Ngân hàng mẫu', '970400', '75000' || lpad(id::text, 5, '0'), name, '2025-07-01',
                  'confirmed', ''
           FROM office_unit WHERE kind = 'base_office'"""
    )
    return root


def _employers(cursor: Any, size: Size, root: int) -> None:
    cursor.execute(
        """INSERT INTO registers_employer (id, unit_code, tax_code, name, name_fold, name_sort, address, phone,
             email, commune_id, office_id, region, cycle, budget, low_injury_rate, health_group, opened_on)
           SELECT i, '36' || lpad(i::text, 8, '0') || 'DNC14', '', 'Công ty ' || i, 'cong ty ' || i,
                  'cong ty ' || lpad(i::text, 6, '0'), '', '', '', %(root)s + 1 + i %% %(offices)s,
                  %(root)s + 1 + i %% %(offices)s, 1 + i %% 4, CASE WHEN i %% 50 = 0 THEN 3 ELSE 1 END,
                  i %% 20 = 7, false, 'DN', '2020-01-01' FROM generate_series(1, %(employers)s) i""",
        {"root": root, "offices": OFFICES, "employers": size.employers},
    )
    cursor.execute("SELECT setval(pg_get_serial_sequence('registers_employer', 'id'), %s)", [size.employers])
    cursor.execute(
        """INSERT INTO registers_employerstatus (employer_id, state, valid_from, evidence)
           SELECT id, 'active', '2020-01-01', '' FROM registers_employer"""
    )


def _people(cursor: Any, size: Size, root: int) -> None:
    from ansinh.demo.names import lists
    from ansinh.kernel.text import fold, sort_key

    rng = random.Random(SEED)  # noqa: S311 -- repeatable names, no secret
    drawn = [" ".join(_name(rng, lists(), sex)) for sex in ("F", "M") for _ in range(NAMES // 2)]
    cursor.execute("CREATE TEMP TABLE drawn (slot int PRIMARY KEY, name text, folded text, sorted text)")
    with cursor.copy("COPY drawn FROM STDIN") as sink:
        for place, name in enumerate(drawn):
            sink.write_row((place, name, fold(name), sort_key(name)))
    cursor.execute(
        """INSERT INTO registers_person (id, si_number, citizen_id, full_name, name_fold, name_sort, birth_year,
             birth_month, birth_day, sex, nationality, phone, commune_id, office_id, identity)
           SELECT i, '79' || lpad(i::text, 8, '0'),
                  '075' || (i %% 2 + CASE WHEN born >= 2000 THEN 2 ELSE 0 END)
                    || lpad((born %% 100)::text, 2, '0') || lpad((i / 70)::text, 6, '0'),
                  d.name, d.folded, d.sorted, born, 1 + i %% 12, 1 + i %% 28,
                  CASE WHEN i %% 2 = 0 THEN 'M' ELSE 'F' END, 'VN', '09' || lpad(i::text, 8, '0'),
                  %(root)s + 1 + i %% %(offices)s, %(root)s + 1 + i %% %(offices)s, 'verified'
           FROM (SELECT i, 1970 + i %% 35 AS born FROM generate_series(1, %(people)s) i) p
           JOIN drawn d ON d.slot = (p.i::bigint * 7919) %% %(half)s
                               + CASE WHEN p.i %% 2 = 0 THEN %(half)s ELSE 0 END""",
        {
            "root": root,
            "offices": OFFICES,
            "half": NAMES // 2,
            "people": size.people + size.people // OUTSIDE,
        },
    )
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence('registers_person', 'id'), (SELECT max(id) FROM registers_person))"
    )


def _name(rng: random.Random, lists: Any, sex: str) -> list[str]:
    words = []
    for kind in ("family", "middle", "given"):
        by = lists[kind]
        weights = by.get(sex) or by.get("kinh") or next(iter(by.values()))
        words += rng.choices(list(weights), list(weights.values()))
    return words


def _spans(cursor: Any, size: Size) -> None:
    """Who works where; the exclusion constraint is dropped and built again, as any bulk load does."""
    cursor.execute(
        """SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'participation_no_overlap'"""
    )
    (definition,) = cursor.fetchone()
    cursor.execute("ALTER TABLE registers_participation DROP CONSTRAINT participation_no_overlap")
    cursor.execute(
        """INSERT INTO registers_participation (person_id, employer_id, scheme, from_month, worker_group,
             health_group, si, hi, ui, wi, pay_kind, wage, coefficient_milli, reserve_milli, position_milli,
             beyond_frame_bp, seniority_bp, other_pay, part_time, ui_relief)
           SELECT i, employer, 1, 24300, CASE WHEN employer %% 20 = 7 THEN 2 ELSE 1 END, 'DN', true, true, true,
                  true, CASE WHEN employer %% 20 = 7 THEN 1 ELSE 0 END,
                  CASE WHEN employer %% 20 = 7 THEN 0 ELSE 5000000 + (i::bigint * 7919 %% 15000000) END,
                  CASE WHEN employer %% 20 = 7 THEN 2340 + i %% 3000 ELSE 0 END, 0, 0, 0, 0, 0, false, false
           FROM (SELECT i, 1 + floor(%(employers)s * power((i::bigint * 2654435761 %% 4294967296)
                   / 4294967296.0, 3))::int AS employer FROM generate_series(1, %(people)s) i) p""",
        {"employers": size.employers, "people": size.people},
    )
    cursor.execute(
        f"ALTER TABLE registers_participation ADD CONSTRAINT participation_no_overlap {definition}"
    )


def _accounts() -> None:
    from ansinh.office.models import RoleAssignment, User

    unit = province()
    for role in HELD:
        user = User.objects.create_user(username=f"bench.{role}", full_name=role, kind="staff")
        RoleAssignment.objects.create(
            user=user,
            role=role,
            unit=unit,
            valid_from=date(2025, 7, 1),
            decision="1/QĐ-BHXH",
            state="granted",
        )

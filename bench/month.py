"""Trọn một tháng của tỉnh: lists applied, bank files read, the run, the letters; the third month of the books.

    python -m bench.month --share 1

The months before are lived but not counted: the measured one has arrears, charges and a month to allocate to.
Changes of three people in a hundred are written set-based, as booking writes them; the officers' own path is
measured on a sample of lists and told apart.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from bench import province
from bench.table import Line, tell

if TYPE_CHECKING:
    from ansinh.kernel.months import Month

NAME = "month"
SECONDS, GIB = 120, 2
LISTS = 40
CHANGED = 33  # one worker in so many has a new wage this month
BACK = 330  # one in so many has it since two months ago


def main() -> None:
    """Build the province, live two months, measure the third."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    share = parser.parse_args().share
    size = province.Size.of(share)
    province.connect(size, fresh=True)
    province.build(size)
    province.live()
    measure(size, share)


def measure(size: province.Size, share: float) -> None:
    """The third month, step by step."""
    from ansinh.collection.notices import services as notices
    from ansinh.demo import life

    month = life.START + 2
    lists, rows = handed_in(month)
    steps: dict[str, float] = {}
    began = time.monotonic()
    changed = apply(month)
    steps["declarations"] = time.monotonic() - began
    read = province.bank(month)
    steps["bank files"] = read["seconds"]
    run = province.run(month)
    steps["run"] = run.pop("seconds")
    began = time.monotonic()
    day = date(month.year, month.month + 1, 5)
    letters = notices.urge(
        actor=province.actor("collection"),
        unit=province.province(),
        month=month,
        issued_on=day,
        seen=notices.as_seen(province.province(), month, day),
    )
    steps["letters"] = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**30 if sys.platform == "darwin" else 2**20)
    goal = share == 1
    told = f"{size.people:,} people, {size.employers:,} employers"
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in steps.items())
    posted = sum(rows for name, rows in run.items())
    tell(
        Line(
            NAME, f"whole month, {told}", sum(steps.values()), "s", most=SECONDS if goal else None, note=parts
        )
    )
    tell(Line(NAME, f"peak memory, {told}", peak, "GiB", most=GIB if goal else None, note="this process"))
    tell(Line(NAME, f"rows posted, {told}", posted, "", note=f"{changed:,} changes, {read['credits']:,} "
              f"credits, {run['collection_statement']:,} statements, {letters:,} letters"))  # fmt: skip
    if lists:
        tell(Line(NAME, f"a D02-LT list by the officers' path, {told}", lists * 1000, "ms", note=f"read, check, "
                  f"book; {LISTS} lists of {rows:.1f} rows"))  # fmt: skip


def handed_in(month: Month) -> tuple[float, float]:
    """A sample of lists through the services that officers use: seconds a list, rows a list."""
    from ansinh.collection.declarations import services as declarations
    from ansinh.collection.models import Declaration
    from ansinh.demo import changes

    made = changes.submissions(province.province().path, month, LISTS, province.SEED)
    reception, collection = province.actor("reception"), province.actor("collection")
    began, booked = time.monotonic(), 0
    for one in made:
        received = declarations.receive(
            actor=reception,
            employer=None,
            data=one.content,
            file_name=one.file_name,
            month=month,
            received_on=one.dated_on,
        )
        if received.state == Declaration.State.CHECKED:
            by = province.actor("director") if declarations.preview(received).needs_director else collection
            declarations.book(actor=by, declaration=received, seen=declarations.as_seen(received))
            booked += 1
    spent = time.monotonic() - began
    province.said(f"{len(made)} lists, {booked} booked, in {spent:.1f} s")
    return (spent / len(made), sum(m.rows for m in made) / len(made)) if made else (0, 0)


def apply(month: Month) -> int:
    """Wage changes of many people at once: spans end and new ones begin, with their declaration; people changed."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMP TABLE changed ON COMMIT DROP AS
               SELECT *, CASE WHEN id %% %(back)s = 0 THEN %(m)s - 2 ELSE %(m)s END AS since
               FROM registers_participation
               WHERE scheme = 1 AND to_month IS NULL AND declaration_id IS NULL AND id %% %(changed)s = 0
                 AND from_month < %(m)s - 2""",
            {"m": month.index, "back": BACK, "changed": CHANGED},
        )
        cursor.execute(
            """UPDATE registers_participation p SET to_month = c.since - 1 FROM changed c WHERE p.id = c.id"""
        )
        cursor.execute(
            """INSERT INTO registers_participation (person_id, employer_id, scheme, from_month, worker_group,
                 health_group, si, hi, ui, wi, pay_kind, wage, coefficient_milli, reserve_milli, position_milli,
                 beyond_frame_bp, seniority_bp, other_pay, part_time, ui_relief, declaration_id)
               SELECT person_id, employer_id, scheme, since, worker_group, health_group, si, hi, ui, wi, pay_kind,
                 CASE WHEN pay_kind = 0 THEN wage + 300000 ELSE wage END, coefficient_milli, reserve_milli,
                 position_milli, beyond_frame_bp, seniority_bp,
                 CASE WHEN pay_kind = 1 THEN other_pay + 300000 ELSE other_pay END, part_time, ui_relief, 0
               FROM changed"""
        )
        return int(cursor.rowcount)


if __name__ == "__main__":
    main()

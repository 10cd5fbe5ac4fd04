"""Monthly balances: what the lines come to, however they were posted, and nobody's to write but the posting's."""

from __future__ import annotations

import threading
from datetime import date

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections
from tests.safety.processes import owners_address

from ansinh.ledger import command, services
from ansinh.ledger.models import Account, Balance
from ansinh.ledger.services import BANK, SURPLUS, SUSPENSE, Side

DAY = date(2026, 1, 20)
JANUARY = 24312
LINES = """SELECT account_id, sum(amount)::bigint FROM ledger_line
    WHERE unit_id = %(unit)s AND month <= %(month)s AND (%(party)s IS NULL OR party_id = %(party)s)
    GROUP BY account_id ORDER BY account_id"""


@pytest.fixture
def chart(db: None) -> None:
    accounts()


def accounts() -> None:
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in services.chart()), ignore_conflicts=True
    )


def pays(key: str, amount: int, *, unit: int = 1, month: int = JANUARY, party: int | None = 7) -> None:
    services.post(
        key=key,
        kind="receipt",
        unit_id=unit,
        month=month,
        posted_on=DAY,
        sides=[Side(BANK, amount), Side(SURPLUS if party else SUSPENSE, -amount, party)],
    )


def added_up(unit: int, month: int, party: int | None) -> dict[str, int]:
    """From month one, as it was done before there were balances."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"unit": unit, "month": month, "party": party})
        return dict(cursor.fetchall())


def test_balances_are_what_lines_come_to(chart: None) -> None:
    pays("a", 100)
    pays("b", 20, month=JANUARY + 2)
    pays("c", 3, month=JANUARY + 2, party=None)
    pays("d", 5_000, unit=2)
    pays("e", 700, month=JANUARY + 1)  # a month that others were posted after
    pays("f", 40, party=8)
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMP TABLE staged ON COMMIT DROP AS
               SELECT k AS key, 'due' AS kind, 1::bigint AS unit_id, m AS month, DATE '2026-01-31' AS posted_on,
                      '' AS text, account, 7::bigint AS party_id, amount
               FROM (VALUES ('x', 24311), ('y', 24314)) e(k, m),
                    (VALUES ('131.health', 9::bigint), ('531.health', -9)) s(account, amount)"""
        )
        services.post_columns(cursor.cursor, "staged")
    for unit in (1, 2, 3):
        for month in range(JANUARY - 2, JANUARY + 4):
            for party in (None, 7, 8):
                held = services.balances(unit_id=unit, month=month, party_id=party)
                assert held == added_up(unit, month, party), (unit, month, party)
    assert services.misbalanced() == ""
    told = {a.code: rest for a, *rest in services.trial_balance(unit_id=1, month=JANUARY + 1)}
    assert told[BANK] == [140, 700, 840]
    assert told["131.health"] == [9, 0, 9]
    assert services.surplus(units=[1, 3], party_id=7) == 820
    assert services.surplus(units=[1, 2], party_id=7) == 5_820


@pytest.mark.django_db(transaction=True)
def test_verify_names_a_balance_that_is_not_what_its_lines_come_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    accounts()
    pays("a", 100)
    pays("b", 20, month=JANUARY + 1)
    assert command.verify([]) == 0
    change = "UPDATE ledger_balance SET closing = closing + 1 WHERE party_id = 7 AND month = 24313"
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(change)
    with psycopg.connect(owners_address(), autocommit=True) as owner:
        owner.execute(change)
    assert command.verify([]) == 1
    assert "1 7 338.surplus 24313" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_postings_at_once_lose_nothing() -> None:
    accounts()
    gate = threading.Barrier(4)

    def post(number: int) -> None:
        try:
            gate.wait(timeout=20)
            for i in range(5):
                pays(f"{number}.{i}", 1, month=JANUARY + (number + i) % 2)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert services.balances(unit_id=1, month=JANUARY + 1) == {BANK: 20, SURPLUS: -20}
    assert services.misbalanced() == ""


def test_no_balance_is_read_from_the_lines(chart: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + services.AT_THE_END, {"unit": 1, "party": 0, "month": JANUARY})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan Backward using ledger_balance_pkey" in plan, plan
    assert "Index Cond: ((unit_id = 1) AND (party_id = 0)" in plan, plan
    assert "ledger_line" not in plan
    assert Balance.objects.count() == 0

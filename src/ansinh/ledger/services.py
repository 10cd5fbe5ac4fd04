"""Ghi sổ: the only ways money moves. Every entry has a key, so an event posts once however often it is asked.

Accounts (our own codes; the unit-of-account list of TT 107/2025/TT-BTC is not published):
112 bank · 131.F contributions receivable · 132.F charges receivable · 338.surplus employers' money not yet
allocated · 338.suspense money that fits nobody · 531.F contributions · 532.F charges; F = component fund.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import psycopg
from django.db import connection, transaction

from ansinh.ledger import carrying
from ansinh.ledger.models import Account, Balance, Entry, Fund, Line

BANK = "112"
SURPLUS = "338.surplus"
SUSPENSE = "338.suspense"
FUNDS: tuple[str, ...] = tuple(Fund.values)


@dataclass(frozen=True)
class Side:
    """One line to post: account code, dong (debit positive), and the employer it concerns."""

    account: str
    amount: int
    party_id: int | None = None


def chart() -> list[tuple[str, str, str]]:
    """The chart of accounts as (code, name, fund)."""
    rows = [
        (BANK, "Tiền gửi thu", ""),
        (SURPLUS, "Tiền đơn vị đã nộp chưa phân bổ", ""),
        (SUSPENSE, "Tiền treo chưa rõ đơn vị", ""),
    ]
    for fund in Fund:
        rows += [
            (f"131.{fund.value}", f"Phải thu {fund.label}", fund.value),
            (f"132.{fund.value}", f"Phải thu xử lý chậm đóng, trốn đóng {fund.label}", fund.value),
            (f"531.{fund.value}", f"Thu {fund.label}", fund.value),
            (f"532.{fund.value}", f"Thu xử lý chậm đóng, trốn đóng {fund.label}", fund.value),
        ]
    return rows


@transaction.atomic
def post(
    *, key: str, kind: str, unit_id: int, month: int, posted_on: date, sides: Sequence[Side], text: str = ""
) -> Entry:
    """Post one entry; the same key again returns the entry already there.

    `month` is the accounting month (year*12 + month - 1); a closed one is refused by the database, as is an
    entry that does not balance.
    """
    entry, created = Entry.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "unit_id": unit_id, "month": month, "posted_on": posted_on, "text": text},
    )
    if created:
        Line.objects.bulk_create(
            Line(
                entry=entry,
                account_id=s.account,
                party_id=s.party_id,
                amount=s.amount,
                unit_id=unit_id,
                month=month,
            )
            for s in sides
            if s.amount
        )
    return entry


def post_columns(cursor: psycopg.Cursor, staged: str) -> int:
    """Post many entries at once from a staged table, in the caller's transaction; returns entries posted.

    `staged` is a relation (key, kind, unit_id, month, posted_on, text, account, party_id, amount), one row a
    line. Keys already in the ledger are left alone.
    """
    cursor.execute(f"""
        CREATE TEMP TABLE fresh_entry ON COMMIT DROP AS
        WITH k AS (
            SELECT DISTINCT ON (key) key, kind, unit_id, month, posted_on, text FROM {staged}
            WHERE amount <> 0 AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.key = {staged}.key)
        ), ins AS (
            INSERT INTO ledger_entry (key, kind, unit_id, month, posted_on, text)
            SELECT key, kind, unit_id, month, posted_on, text FROM k ORDER BY key
            RETURNING id, key
        ) SELECT id, key FROM ins""")
    cursor.execute(f"""
        INSERT INTO ledger_line (entry_id, account_id, party_id, amount, unit_id, month)
        SELECT f.id, s.account, s.party_id, s.amount, s.unit_id, s.month
        FROM {staged} s JOIN fresh_entry f USING (key) WHERE s.amount <> 0""")
    cursor.execute("SELECT count(*) FROM fresh_entry")
    row = cursor.fetchone()
    cursor.execute("DROP TABLE fresh_entry")
    return int(row[0]) if row else 0


def unbalanced() -> str:
    """The key of the first entry whose lines do not sum to zero or are another month's; or ""."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.key FROM (
                   SELECT l.entry_id, sum(l.amount) AS total, min(l.month) AS first, max(l.month) AS last
                   FROM ledger_line l GROUP BY l.entry_id
               ) t JOIN ledger_entry e ON e.id = t.entry_id
               WHERE t.total <> 0 OR t.first <> e.month OR t.last <> e.month
               ORDER BY e.id LIMIT 1"""
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def misbalanced() -> str:
    """The first balance that is not what the lines come to, as `province party account month`; or ""."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT concat_ws(' ', unit_id, party_id, account, month)
                FROM ({carrying.OF_LINES}) l FULL JOIN ledger_balance b USING ({carrying.KEY})
                WHERE l.moved IS DISTINCT FROM b.moved OR l.closing IS DISTINCT FROM b.closing
                ORDER BY {carrying.KEY} LIMIT 1"""
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""


AT_THE_END = """
    SELECT a.code, b.month, b.moved, b.closing FROM ledger_account a CROSS JOIN LATERAL (
        SELECT month, moved, closing FROM ledger_balance
        WHERE unit_id = %(unit)s AND party_id = %(party)s AND account = a.code AND month <= %(month)s
        ORDER BY month DESC LIMIT 1) b
    ORDER BY a.code"""


def balances(*, unit_id: int, month: int, party_id: int | None = None) -> dict[str, int]:
    """Balance of each account at the end of a month, in dong, of all employers or of one."""
    with connection.cursor() as cursor:
        cursor.execute(AT_THE_END, {"unit": unit_id, "party": party_id or carrying.NONE, "month": month})
        return {code: closing for code, _, _, closing in cursor.fetchall()}


def trial_balance(*, unit_id: int, month: int) -> list[tuple[Account, int, int, int]]:
    """Bảng cân đối: (account, opening, movement of the month, closing) for every account that moved."""
    with connection.cursor() as cursor:
        cursor.execute(AT_THE_END, {"unit": unit_id, "party": carrying.NONE, "month": month})
        rows = cursor.fetchall()
    accounts = Account.objects.in_bulk()
    return [
        (accounts[code], closing - (moved if at == month else 0), moved if at == month else 0, closing)
        for code, at, moved, closing in rows
    ]


def surplus(*, units: Sequence[int], party_id: int) -> int:
    """What an employer has paid and is not allocated yet, in dong, in the books of any of these provinces."""
    newest = (
        Balance.objects.filter(unit_id__in=units, party_id=party_id, account=SURPLUS)
        .order_by("unit_id", "-month")
        .distinct("unit_id")
    )
    return -sum(balance.closing for balance in newest)

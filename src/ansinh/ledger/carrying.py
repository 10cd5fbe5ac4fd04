"""Mang số dư: how a posting carries the balances of its accounts, in its own transaction and in the database.

The trigger runs whoever writes a line and however; nobody else may write a balance. Postings of one province
come one after the other from here to their commit, so that a month's opening is never read beside a posting
of the month before that is still under way.
"""

from __future__ import annotations

import pgtrigger

ONE_AT_A_TIME = 7_266_011  # advisory lock, with the province
KEY = "unit_id, party_id, account, month"
NONE = 0
"""The party of an account's own balance: all parties together, and lines of none."""

# both levels of what a statement posted, by the key of a balance
POSTED = f"""
    SELECT {KEY}, sum(amount)::bigint AS amount FROM (
        SELECT unit_id, {NONE}::bigint AS party_id, account_id AS account, month, amount FROM {{lines}}
        UNION ALL
        SELECT unit_id, party_id, account_id, month, amount FROM {{lines}} WHERE party_id IS NOT NULL
    ) line GROUP BY {KEY}"""

CARRY = f"""
    -- writes in the owner's name
    PERFORM pg_advisory_xact_lock({ONE_AT_A_TIME}, hashint8(unit_id))
    FROM (SELECT DISTINCT unit_id FROM new_rows ORDER BY unit_id) province;
    INSERT INTO ledger_balance AS b ({KEY}, moved, closing)
    SELECT {KEY}, amount, amount + coalesce((
        SELECT e.closing FROM ledger_balance e
        WHERE e.unit_id = p.unit_id AND e.party_id = p.party_id AND e.account = p.account
          AND e.month < p.month ORDER BY e.month DESC LIMIT 1), 0)
    FROM ({POSTED.format(lines="new_rows")}) p ORDER BY {KEY}
    ON CONFLICT ({KEY}) DO UPDATE
        SET moved = b.moved + excluded.moved, closing = b.closing + excluded.moved;
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT unit_id, account_id, month FROM new_rows) n
        JOIN ledger_balance b ON b.unit_id = n.unit_id AND b.party_id = {NONE} AND b.account = n.account_id
         AND b.month > n.month
    ) THEN
        WITH posted AS ({POSTED.format(lines="new_rows")}), later AS (
            SELECT b.unit_id, b.party_id, b.account, b.month, sum(p.amount) AS amount
            FROM posted p JOIN ledger_balance b ON b.unit_id = p.unit_id AND b.party_id = p.party_id
             AND b.account = p.account AND b.month > p.month
            GROUP BY b.unit_id, b.party_id, b.account, b.month
        )
        UPDATE ledger_balance b SET closing = b.closing + l.amount FROM later l
        WHERE b.unit_id = l.unit_id AND b.party_id = l.party_id AND b.account = l.account
          AND b.month = l.month;
    END IF;
    RETURN NULL;
"""

OF_LINES = f"""
    SELECT {KEY}, amount AS moved,
           (sum(amount) OVER (PARTITION BY unit_id, party_id, account ORDER BY month))::bigint AS closing
    FROM ({POSTED.format(lines="ledger_line")}) posted"""
"""Every balance as the lines have it, from month one."""


def carried(name: str) -> pgtrigger.Trigger:
    """Trigger of the lines: the balances of what is posted, in the same transaction."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=CARRY,
    )

"""Số tiền thu: what employers paid since January, less what went back to them, by office."""

from __future__ import annotations

from typing import Final

from ansinh.ledger.relations import ENTRY, LINE
from ansinh.office.measures import Measure
from ansinh.office.relations import UNIT, books_over
from ansinh.registers.relations import EMPLOYER

RECEIVED: Final = Measure(
    "collection.money",
    "dong",
    f"""
    SELECT e.office_id, NULL::bigint AS commune_id, -sum(l.amount) AS amount
    FROM {LINE} l
    JOIN {ENTRY} n ON n.id = l.entry_id
    JOIN {EMPLOYER} e ON e.id = l.party_id
    WHERE l.account_id = '338.surplus' AND n.kind IN ('receipt', 'match', 'refund')
      AND n.unit_id = ANY({books_over("rtrim(%(root)s, '%%')")})
      AND n.month BETWEEN %(year_start)s AND %(month)s
      AND e.office_id IN (SELECT u.id FROM {UNIT} u WHERE u.path LIKE %(root)s)
    GROUP BY 1""",
    by_commune=False,
)
"""An office's money is no commune's: communes get no figure, rather than a false zero."""

MEASURES: Final = (RECEIVED,)

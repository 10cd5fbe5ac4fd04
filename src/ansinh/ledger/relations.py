"""Quan hệ công bố của sổ cái: entries and their lines, debit positive, credit negative, in dong."""

from __future__ import annotations

from ansinh.kernel.relations import of_table

ENTRY = of_table("ledger_entry", "id", "kind", "unit_id", "month")
BALANCE = of_table("ledger_balance", "unit_id", "party_id", "account", "month", "moved", "closing")
"""Số dư cuối kỳ: of each month an account moved in; party 0 is the whole account."""
LINE = of_table("ledger_line", "entry_id", "account_id", "party_id", "amount", "unit_id", "month")

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ansinh.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Have entries and lines sealed."""
        from ansinh.office.chain import chains

        chains.register(
            "ledger_entry",
            "ledger.Entry",
            ("id", "key", "kind", "unit_id", "month", "posted_on", "text", "created_at", "xid"),
        )
        chains.register(
            "ledger_line",
            "ledger.Line",
            ("id", "entry_id", "account_id", "party_id", "amount", "unit_id", "month", "xid"),
        )

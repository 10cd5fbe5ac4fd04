"""Số giao dịch: a column that says in which transaction its row was written; it never wraps round."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models.expressions import Func


class XidField(models.Field):  # type: ignore[type-arg]
    """Số giao dịch 64 bit (xid8): as an int. `written_by()` is the column of the transaction that writes."""

    description = "transaction id, 64 bits"

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 -- Postgres is the one database
        """The type of the column."""
        return "xid8"

    def from_db_value(self, value: Any, *_: Any) -> int | None:
        """The driver gives the digits."""
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        """Digits, which the server reads as the column's type."""
        return str(value) if isinstance(value, int) else value


def written_by() -> XidField:
    """The column of a chained table: filled by the database, never by who writes the row."""
    return XidField(editable=False, db_default=Func(function="pg_current_xact_id"))


def own_transaction(name: str) -> pgtrigger.Trigger:
    """No row of a chained table names another transaction than the one that writes it."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func="""
            IF EXISTS (SELECT 1 FROM new_rows WHERE xid <> pg_current_xact_id()) THEN
                RAISE EXCEPTION 'dòng mang số giao dịch khác / a row names another transaction'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )

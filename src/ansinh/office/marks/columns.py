"""Cột giao dịch ghi: in which transaction a row was last written, kept by the database alone."""

from __future__ import annotations

from typing import Final

import pgtrigger

from ansinh.office.chain.fields import XidField, written_by

__all__ = ["BEFORE", "XidField", "stamped", "written_by"]

BEFORE: Final = 3
"""The number of rows from before numbers were kept, and of rows read before a restore: the lowest there is,
given by no server to a transaction of ours."""


def stamped(name: str) -> pgtrigger.Trigger:
    """Every writing puts its own transaction into `written`, whatever the statement says of the column.

    A row that brings the right number, as the column's default gives it, passes without a call.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition('NEW."written" IS DISTINCT FROM pg_current_xact_id()'),
        func="NEW.written = pg_current_xact_id(); RETURN NEW;",
    )

"""Kỳ đã khóa: what keeps rows of money out of a closed month, wherever they are kept."""

from __future__ import annotations

import pgtrigger


def in_open_month(name: str) -> pgtrigger.Trigger:
    """Trigger: rows with a `unit_id` and a `month` are refused once that unit's month is closed."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        # word for word what the tables were made with: another indent would be another trigger
        func="""
                    IF EXISTS (
                        SELECT 1 FROM new_rows n JOIN office_period p
                          ON p.unit_id = n.unit_id AND p.month = n.month AND p.state = 'closed'
                    ) THEN
                        RAISE EXCEPTION 'kỳ đã khóa sổ / the month is closed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
    )

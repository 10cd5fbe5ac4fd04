"""Khôi phục chưa xong: a table that stands in the record from the first moment of a restore to its last.

Whoever serves, or asks whether the site is ready, looks for it: a restore that was killed leaves a record
that may look whole and must not be worked on.
"""

from __future__ import annotations

from django.db import connection

SIGN = "ansinh_restoring"
STANDS = f"""
EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relname = '{SIGN}')
"""
"""Asked of the catalogue, which every role may read, whatever has been granted yet."""


def is_unfinished() -> bool:
    """Whether a restore began in this record and has not ended."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STANDS}")
        return bool(cursor.fetchone()[0])

"""Cấp mã số BHXH: numbers for people who have none yet, from one sequence of the database.

The national list gives the official number; until it answers, a number of the block 97 stands in for it.
"""

from __future__ import annotations

from django.db import connection

BLOCK = "97"
DIGITS = 8


def si_numbers(count: int) -> list[str]:
    """`count` SI numbers that nobody has. Numbers drawn and not used are lost, never given twice."""
    found: list[str] = []
    with connection.cursor() as cursor:
        while len(found) < count:
            cursor.execute(
                """SELECT n FROM (
                     SELECT %s || lpad(nextval('registers_si_number')::text, %s, '0') AS n
                     FROM generate_series(1, %s)) drawn
                   WHERE NOT EXISTS (SELECT 1 FROM registers_person p WHERE p.si_number = n)""",
                [BLOCK, DIGITS, count - len(found)],
            )
            found += [row[0] for row in cursor.fetchall()]
    return found

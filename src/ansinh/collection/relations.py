"""Quan hệ công bố của thu: what a month's run wrote, to be read in sets."""

from __future__ import annotations

from ansinh.kernel.relations import of_table

STATEMENT = of_table(
    "collection_statement",
    "unit_id",
    "employer_id",
    "month",
    "version",
    "due",
    "short",
    "charges_open",
    "surplus",
)
"""Mọi phiên bản thông báo C12-TS: the one in force of an employer and month is the last version."""

"""Quyền đang có: what the catalogue of the database says the application's role, or everybody, may do."""

from __future__ import annotations

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from ansinh.config import database
from ansinh.office.privileges.declared import Privilege

# Table and column privileges of one role, and, told apart, of everybody; the owner's own are not asked for.
STANDING = """
WITH who AS (SELECT oid, '' AS mark FROM pg_roles WHERE rolname = %(role)s UNION ALL SELECT 0, 'PUBLIC ')
SELECT c.relname, who.mark || a.privilege_type, NULL FROM pg_class c, aclexplode(c.relacl) a, who
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  AND a.grantee = who.oid
UNION
SELECT c.relname, who.mark || a.privilege_type, t.attname
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND NOT t.attisdropped, aclexplode(t.attacl) a, who
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = who.oid
"""
TABLES = """
SELECT relname, pg_has_role(relowner, 'USAGE') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""


def runtime_role() -> str:
    """The name of the role the application runs as."""
    return str(settings.DATABASE_ROLES[database.APP]["USER"])


def standing(connection: BaseDatabaseWrapper) -> dict[str, frozenset[Privilege]]:
    """What the runtime role may do now, by table; tables it may do nothing to are missing."""
    found: dict[str, set[Privilege]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"role": runtime_role()})
        for table, privilege, column in cursor.fetchall():
            found.setdefault(table, set()).add((privilege, column))
    return {table: frozenset(all_of) for table, all_of in found.items()}


def tables(connection: BaseDatabaseWrapper) -> dict[str, bool]:
    """Tables that are there, and whether the connected role owns them."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return dict(cursor.fetchall())

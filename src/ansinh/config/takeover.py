"""Chia quyền trên máy chủ nhúng: the embedded server's two roles, and an older record handed to its owner.

Records made before there were two roles belong to the server's superuser. They are taken over on the first
start: every object becomes the owner's, the data stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from psycopg import sql

ONE_AT_A_TIME = 7_266_001  # advisory lock: several processes may start at once
SYSTEM = ["postgres", "template0", "template1"]

# Everything outside the system's schemas, but what follows its table or belongs to an extension.
OBJECTS = """
SELECT CASE WHEN c.relkind = 'S' THEN 'SEQUENCE' WHEN c.relkind = 'v' THEN 'VIEW'
            WHEN c.relkind = 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname !~ '^(pg_|information_schema)'
  AND pg_get_userbyid(c.relowner) <> %(owner)s
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND (d.deptype IN ('e', 'i') OR (c.relkind = 'S' AND d.deptype = 'a')))
UNION ALL
SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^(pg_|information_schema)' AND pg_get_userbyid(p.proowner) <> %(owner)s
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                    AND d.deptype = 'e')
UNION ALL
SELECT 'TYPE', t.oid::regtype::text
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE n.nspname !~ '^(pg_|information_schema)' AND pg_get_userbyid(t.typowner) <> %(owner)s
  AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                    AND d.deptype = 'e')
UNION ALL
SELECT 'SCHEMA', quote_ident(nspname) FROM pg_namespace
WHERE nspname !~ '^(pg_|information_schema)'
  AND pg_get_userbyid(nspowner) NOT IN (%(owner)s, 'pg_database_owner')
"""


def divide(address: Callable[[str], str], name: str, owner: str, app: str) -> None:
    """See that both roles are there and that every record of the server is the owner's; made what is missing.

    `address` gives the superuser's URI of a database by its name. Does nothing on a server that is in order.
    """
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        if _in_order(server, name, owner, app):
            return
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        _roles(server, owner, app)
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8'").format(
                    sql.Identifier(name), sql.Identifier(owner)
                )
            )
        for other in _foreign(server, owner):
            if not other.startswith("test_"):  # those of tests are only ever dropped
                with psycopg.connect(address(other)) as record:
                    _hand_over(record, owner, app)
            server.execute(
                sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(other), sql.Identifier(owner))
            )


def _in_order(server: psycopg.Connection, name: str, owner: str, app: str) -> bool:
    row = server.execute(
        """SELECT (SELECT count(*) FROM pg_roles WHERE rolname IN (%(owner)s, %(app)s)) = 2
              AND EXISTS (SELECT 1 FROM pg_auth_members
                          WHERE roleid = to_regrole(%(app)s) AND member = to_regrole(%(owner)s))
              AND EXISTS (SELECT 1 FROM pg_database WHERE datname = %(name)s)""",
        {"owner": owner, "app": app, "name": name},
    ).fetchone()
    return bool(row and row[0]) and not _foreign(server, owner)


def _foreign(server: psycopg.Connection, owner: str) -> list[str]:
    """Databases of the server that are not the owner's."""
    rows = server.execute(
        """SELECT datname FROM pg_database
           WHERE datallowconn AND datname <> ALL(%s) AND pg_get_userbyid(datdba) <> %s ORDER BY datname""",
        [SYSTEM, owner],
    )
    return [name for (name,) in rows]


def _roles(server: psycopg.Connection, owner: str, app: str) -> None:
    there = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
    if owner not in there:
        # a database for each run of the tests, and for each size that is measured
        server.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(owner)))
    if app not in there:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(app)))
    # who drops a database ends the sessions in it
    server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(owner)))
    server.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(sql.Identifier(owner)))


def _hand_over(record: psycopg.Connection, owner: str, app: str) -> None:
    """Every object of one database to the owner, at once; the application may ask what is migrated."""
    for kind, name in record.execute(OBJECTS, {"owner": owner}).fetchall():
        record.execute(sql.SQL(f"ALTER {kind} {name} OWNER TO {{}}").format(sql.Identifier(owner)))
    if record.execute("SELECT to_regclass('public.django_migrations')").fetchone() != (None,):
        record.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(sql.Identifier(app)))

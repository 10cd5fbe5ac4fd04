"""Điều chưa an toàn: why the connected role is not one the application may run as."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connections

from ansinh.office.privileges.declared import privileges
from ansinh.office.privileges.standing import runtime_role, standing, tables

# Roles of the server that read or write files, run programs, or see and write everything.
POWERS = [
    "pg_execute_server_program",
    "pg_maintain",
    "pg_read_all_data",
    "pg_read_server_files",
    "pg_signal_backend",
    "pg_write_all_data",
    "pg_write_server_files",
]
ROLE = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
       ARRAY(SELECT m.rolname::text FROM pg_roles m WHERE m.rolname <> r.rolname AND NOT r.rolsuper
               AND (m.rolname = ANY(%(powers)s) OR m.oid IN (
                       SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace))
               AND pg_has_role(r.oid, m.oid, 'MEMBER') ORDER BY 1),
       (SELECT count(*) FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace),
       has_schema_privilege(r.oid, 'public', 'CREATE')
         OR has_database_privilege(r.oid, current_database(), 'CREATE'),
       has_parameter_privilege(r.oid, 'session_replication_role', 'SET')
FROM pg_roles r WHERE r.rolname = session_user
"""
IGNORES = "SELECT prosrc !~ '^\\s*SELECT false\\s*$' FROM pg_proc WHERE oid = to_regprocedure(%s)"


class Problem(NamedTuple):
    """Một lý do: in Vietnamese and in English."""

    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"


def problems(*, using: str = "default") -> list[Problem]:
    """Every reason why the role this connection signs in as could change what must not change; empty is well.

    Asked by `ansinh serve` before it starts; makes no change.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
        cursor.execute(ROLE, {"powers": POWERS})
        found = list(_of_role(role, *cursor.fetchone()))
        cursor.execute(IGNORES, ["public._pgtrigger_should_ignore(name)"])
        if cursor.fetchone() == (True,):
            found.append(
                Problem(
                    "bộ bảo vệ bảng còn tắt được; hãy chạy `ansinh manage grants`",
                    "the guards of tables can still be switched off; run `ansinh manage grants`",
                )
            )
    if not found and role == runtime_role():
        found += _of_tables(using)
    return found


def _of_role(
    role: str,
    superuser: bool,
    bypasses: bool,
    makes_roles: bool,
    makes_databases: bool,
    replicates: bool,
    holds: list[str],
    owned: int,
    creates: bool,
    switches: bool,
) -> list[Problem]:
    """What a role is that the application's must not be. A superuser is everything: said once."""
    if superuser:
        return [
            Problem(
                f"vai {role} là superuser của máy chủ cơ sở dữ liệu; hãy đặt DATABASE_URL cho một vai thường",
                f"role {role} is a superuser of the database server; give DATABASE_URL an ordinary role",
            )
        ]
    told: list[tuple[Any, str, str]] = [
        (bypasses, f"vai {role} có BYPASSRLS", f"role {role} has BYPASSRLS"),
        (makes_roles, f"vai {role} có CREATEROLE", f"role {role} has CREATEROLE"),
        (makes_databases, f"vai {role} có CREATEDB", f"role {role} has CREATEDB"),
        (replicates, f"vai {role} có REPLICATION", f"role {role} has REPLICATION"),
        (
            owned,
            f"vai {role} là chủ {owned} bảng; hãy đặt DATABASE_OWNER_URL cho chủ, DATABASE_URL cho vai khác",
            f"role {role} owns {owned} tables; give DATABASE_OWNER_URL the owner, DATABASE_URL another role",
        ),
        (holds, f"vai {role} thuộc {', '.join(holds)}", f"role {role} is a member of {', '.join(holds)}"),
        (
            creates and not owned,
            f"vai {role} tạo được bảng trong cơ sở dữ liệu; hãy chạy `ansinh manage grants`",
            f"role {role} can create tables in the database; run `ansinh manage grants`",
        ),
        (
            switches,
            f"vai {role} đặt được session_replication_role",
            f"role {role} can set session_replication_role",
        ),
    ]
    return [Problem(vi, en) for holds_true, vi, en in told if holds_true]


def _of_tables(using: str) -> list[Problem]:
    connection = connections[using]
    there, now = tables(connection), standing(connection)
    wrong = sorted(
        table
        for table, wanted in privileges().items()
        if table in there and now.get(table, frozenset()) != wanted
    )
    if not wrong:
        return []
    shown = ", ".join(wrong[:5]) + (" …" if len(wrong) > 5 else "")
    return [
        Problem(
            f"quyền trên {len(wrong)} bảng khác quyền đã khai báo ({shown}); hãy chạy `ansinh manage grants`",
            f"privileges of {len(wrong)} tables are not those declared ({shown}); run `ansinh manage grants`",
        )
    ]

"""Hàm của cơ sở dữ liệu: what triggers call, made safe against whoever fires them.

- `pgtrigger.ignore` is a setting any session can make; the function that reads it answers no.
- A session can put a temporary table before ours; functions of triggers look in the public schema first.
- Former versions of rows are written in the owner's name, so the application's role needs no right to write
  history, and cannot hand the functions to triggers of its own.
- A context of history (who did it, by what request) takes further facts, never other ones.
"""

from __future__ import annotations

from typing import Any

from psycopg import sql

SEARCH = "pg_catalog, public, pg_temp"

NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT false $$
"""

ATTACH_CONTEXT = f"""
CREATE OR REPLACE FUNCTION public._pgh_attach_context() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {SEARCH} AS $$
DECLARE
    named uuid := nullif(current_setting('pghistory.context_id', true), '');
    told jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
    held jsonb;
BEGIN
    IF named IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT metadata INTO held FROM pghistory_context WHERE id = named;
    IF held = told THEN
        RETURN named;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (named, told, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
        WHERE excluded.metadata @> jsonb_strip_nulls(pghistory_context.metadata);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bối cảnh đã ghi việc khác / the context of history tells something else'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN named;
END $$
"""

# what the application's role may not write, triggers do: history, and what says so of itself
IN_THE_OWNERS_NAME = "_pgh_attach_context|-- writes in the owner.s name"

# Functions of triggers that are the connected role's, with what is to be set on them still.
LOOSE = f"""
SELECT p.oid::regprocedure::text, p.prosrc ~ '{IN_THE_OWNERS_NAME}' FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
  AND pg_has_role(p.proowner, 'USAGE')
  AND (p.proconfig IS NULL OR NOT 'search_path={SEARCH}' = ANY(p.proconfig)
       OR (NOT p.prosecdef AND p.prosrc ~ '{IN_THE_OWNERS_NAME}'))
"""

# Functions that somebody may execute who need not, or that the application's role cannot and must.
EXECUTABLE = """
SELECT p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
  AND (coalesce(p.proacl, acldefault('f', p.proowner))::text ~ '[{,]=X'
       OR has_function_privilege(%(role)s, p.oid, 'EXECUTE') = (p.prorettype = 'trigger'::regtype))
"""


def secure(cursor: Any) -> None:
    """Make the functions that triggers call safe, where they are there and the connected role owns them."""
    for name, definition in (
        ("public._pgtrigger_should_ignore(name)", NEVER_IGNORE),
        ("public._pgh_attach_context()", ATTACH_CONTEXT),
    ):
        cursor.execute(
            "SELECT pg_has_role(proowner, 'USAGE') FROM pg_proc WHERE oid = to_regprocedure(%s)", [name]
        )
        if cursor.fetchone() == (True,):
            cursor.execute(definition)
    cursor.execute(LOOSE)
    for function, for_the_owner in cursor.fetchall():
        how = " SECURITY DEFINER" if for_the_owner else ""
        cursor.execute(f"ALTER FUNCTION {function} SET search_path = {SEARCH}")
        if how:
            cursor.execute(f"ALTER FUNCTION {function}{how}")


def restrict(cursor: Any, role: str) -> None:
    """Functions are the application's to call; those of triggers nobody's, for triggers fire without."""
    cursor.execute(EXECUTABLE, {"role": role})
    for function, of_trigger in cursor.fetchall():
        cursor.execute(
            sql.SQL("REVOKE ALL ON ROUTINE {} FROM PUBLIC, {}").format(
                sql.SQL(function), sql.Identifier(role)
            )
        )
        if not of_trigger:
            cursor.execute(
                sql.SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(sql.SQL(function), sql.Identifier(role))
            )

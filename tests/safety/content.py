"""What the record holds of one province, without the numbers that differ between twins."""

from __future__ import annotations

from typing import Any

from django.db import connection

FUNDS = "sickness_maternity, pension_survivors, health, unemployment, work_injury"
CLOSING = ", ".join(f"{kind}{fund}" for kind in ("", "late_", "evaded_") for fund in FUNDS.split(", "))
TABLES = {
    "due": f"e.n, p.n, t.month, t.for_month, kind, counted, si_base, hi_base, ui_base, wi_base, worker_total, {FUNDS}",
    "charge": f"e.n, p.n, t.month, t.for_month, state, days, {FUNDS}",
    "allocation": f"e.n, p.n, t.month, t.for_month, {CLOSING}",
    "openitem": f"e.n, p.n, t.month, t.for_month, state, days_late, {CLOSING}",
}
OTHERS = {
    "statement": """
        SELECT e.n, t.month, version, workers, opening, due, charged, received, allocated, short, short_late,
               short_evaded, charges_open, surplus, days_late, rows::text
        FROM collection_statement t JOIN e ON e.id = t.employer_id""",
    "ledger": """
        SELECT le.kind, le.month, l.month, le.posted_on, l.account_id, e.n, l.amount
        FROM ledger_line l JOIN ledger_entry le ON le.id = l.entry_id LEFT JOIN e ON e.id = l.party_id
        WHERE l.unit_id = %(province)s""",
    "entries": "SELECT kind, month, count(*) FROM ledger_entry WHERE unit_id = %(province)s GROUP BY 1, 2",
    "receipt": """
        SELECT t.reference, t.amount, t.state, t.month, t.matched_month, e.n, t.booked_on, t.value_on, t.text
        FROM collection_receipt t JOIN registers_collectingaccount a ON a.id = t.account_id
        JOIN office_unit o ON o.id = a.office_id LEFT JOIN e ON e.id = t.employer_id
        WHERE o.path LIKE %(path)s""",
    "bank_file": """
        SELECT t.counts::text FROM collection_bankfile t
        JOIN registers_collectingaccount a ON a.id = t.account_id
        JOIN office_unit o ON o.id = a.office_id WHERE o.path LIKE %(path)s""",
    "declaration": """
        SELECT e.n, t.state, t.month, t.preview->'money', count(r.id), count(r.id) FILTER (WHERE r.outcome = 'accepted')
        FROM collection_declaration t JOIN e ON e.id = t.employer_id
        LEFT JOIN collection_declarationrow r ON r.declaration_id = t.id GROUP BY t.id, e.n""",
    "person": "SELECT full_name, birth_year, sex, identity FROM registers_person t JOIN p USING (id)",
    "participation": """
        SELECT e.n, p.n, scheme, from_month, to_month, wage, t.health_group, si, hi, ui, wi, t.job_title,
               declaration_id IS NOT NULL
        FROM registers_participation t JOIN p ON p.id = t.person_id LEFT JOIN e ON e.id = t.employer_id""",
    "card": """
        SELECT p.n, t.valid_from, t.valid_to FROM registers_healthcard t JOIN p ON p.id = t.person_id""",
    "history": """
        SELECT p.n, h.pgh_label, h.from_month, h.to_month, h.wage
        FROM registers_participationevent h JOIN p ON p.id = h.person_id""",
    "refund": """
        SELECT e.n, p.n, t.state, t.amount, t.account, t.bank_account FROM collection_refund t
        JOIN office_unit o ON o.id = t.office_id LEFT JOIN e ON e.id = t.employer_id
        LEFT JOIN p ON p.id = t.person_id WHERE o.path LIKE %(path)s""",
}
ORDINALS = """
    WITH e AS (SELECT x.id, row_number() OVER (ORDER BY x.id) AS n FROM registers_employer x
               JOIN office_unit o ON o.id = x.office_id WHERE o.path LIKE %(path)s),
         p AS (SELECT x.id, row_number() OVER (ORDER BY x.id) AS n FROM registers_person x
               JOIN office_unit o ON o.id = x.office_id WHERE o.path LIKE %(path)s)
"""


def content(province: Any) -> dict[str, list[str]]:
    """Rows by table in an order of their own; employers and people by their rank within the province."""
    queries = {
        name: f"SELECT {columns} FROM collection_{name} t JOIN e ON e.id = t.employer_id "
        "JOIN p ON p.id = t.person_id"
        for name, columns in TABLES.items()
    }
    found = {}
    with connection.cursor() as cursor:
        for name, query in {**queries, **OTHERS}.items():
            cursor.execute(ORDINALS + query, {"path": province.path + "%", "province": province.pk})
            found[name] = sorted(repr(row) for row in cursor.fetchall())
    return found

"""Đo chỉ tiêu từ dữ liệu: one set-based query a rule, for every unit of a subtree at once.

Who belongs where: a person counts in the base office in charge of their record and in every unit above it,
and in the commune they live in where it lies in that office. So every unit counts a person once; people
living outside their office's communes are in the office's figure and in no commune's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STAGE: Final = """
    CREATE TEMP TABLE counted_people ON COMMIT DROP AS
    WITH held AS (
        SELECT person_id, scheme, si, hi, ui FROM registers_participation
        WHERE from_month <= %(month)s AND (to_month IS NULL OR to_month >= %(month)s)
        UNION ALL
        SELECT person_id, 3, FALSE, TRUE, FALSE FROM registers_healthcard
        WHERE payer <> 'employment' AND valid_from <= %(day)s AND valid_to >= %(day)s
          AND (closed_on IS NULL OR closed_on > %(day)s)
    ), insured AS (
        SELECT person_id,
               bool_or(scheme = 1 AND si) AS compulsory,
               bool_or(scheme = 1 AND ui) AS unemployment,
               bool_or(scheme = 2) AS voluntary,
               bool_or(scheme IN (1, 3) AND hi) AS health
        FROM held GROUP BY person_id
    )
    SELECT p.office_id, p.commune_id,
           count(*) FILTER (WHERE compulsory OR unemployment OR voluntary OR health) AS total,
           count(*) FILTER (WHERE compulsory) AS compulsory,
           count(*) FILTER (WHERE unemployment) AS unemployment,
           count(*) FILTER (WHERE voluntary) AS voluntary,
           count(*) FILTER (WHERE health) AS health
    FROM insured JOIN registers_person p ON p.id = insured.person_id
    WHERE p.office_id IN (SELECT id FROM office_unit WHERE path LIKE %(root)s)
    GROUP BY 1, 2"""
"""Everybody insured in the month, once each, counted by place: what the rules of people read."""

UNSTAGE: Final = "DROP TABLE counted_people"

PEOPLE: Final = ("total", "compulsory", "unemployment", "voluntary", "health")

# Amounts by place: (office_id, commune_id or NULL, amount). `%(root)s` is the path of the subtree.
PLACES: Final[Mapping[str, str]] = {
    **{
        f"participants.{name}": f"SELECT office_id, commune_id, {name} AS amount FROM counted_people"
        for name in PEOPLE
    },
    "collection.money": """
        SELECT e.office_id, NULL::bigint AS commune_id, -sum(l.amount) AS amount
        FROM ledger_line l
        JOIN ledger_entry n ON n.id = l.entry_id
        JOIN registers_employer e ON e.id = l.party_id
        WHERE l.account_id = '338.surplus' AND n.kind IN ('receipt', 'match', 'refund')
          AND l.month BETWEEN %(year_start)s AND %(month)s
          AND e.office_id IN (SELECT id FROM office_unit WHERE path LIKE %(root)s)
        GROUP BY 1""",
    "cards.valid": """
        SELECT p.office_id, p.commune_id, count(*) AS amount
        FROM registers_healthcard c JOIN registers_person p ON p.id = c.person_id
        WHERE c.valid_from <= %(day)s AND c.valid_to >= %(day)s
          AND (c.closed_on IS NULL OR c.closed_on > %(day)s)
          AND p.office_id IN (SELECT id FROM office_unit WHERE path LIKE %(root)s)
        GROUP BY 1, 2""",
    "employers.active": """
        SELECT e.office_id, e.commune_id, count(*) AS amount
        FROM registers_employer e
        WHERE e.office_id IN (SELECT id FROM office_unit WHERE path LIKE %(root)s)
          AND EXISTS (SELECT 1 FROM registers_participation q WHERE q.employer_id = e.id AND q.scheme = 1
                        AND q.from_month <= %(month)s AND (q.to_month IS NULL OR q.to_month >= %(month)s))
        GROUP BY 1, 2""",
}

# A rule's amounts, carried up the tree, become figures where they differ from the last ones known.
RECORD: Final = """
    WITH place AS ({places}),
    spread AS (
        SELECT above.id::bigint AS unit_id, sum(place.amount)::bigint AS amount
        FROM place JOIN office_unit o ON o.id = place.office_id
        CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM o.path), '/')) AS above(id)
        GROUP BY 1
        UNION ALL
        SELECT c.id, sum(place.amount)::bigint
        FROM place JOIN office_unit o ON o.id = place.office_id
        JOIN office_unit c ON c.id = place.commune_id AND c.path LIKE o.path || '%%' AND c.id <> o.id
        GROUP BY 1
    ),
    now_known AS (
        SELECT u.id AS unit_id, coalesce(s.amount, 0) AS amount
        FROM office_unit u LEFT JOIN spread s ON s.unit_id = u.id
        WHERE u.path LIKE %(root)s AND u.valid_from <= %(day)s
          AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
          AND (%(communes)s OR u.kind <> 'commune')
    ),
    known AS (
        SELECT DISTINCT ON (f.unit_id) f.unit_id, f.amount FROM targets_figure f
        WHERE f.indicator_id = %(indicator)s AND f.period_to = %(day)s AND f.origin = 'measured'
        ORDER BY f.unit_id, f.id DESC
    )
    INSERT INTO targets_figure (indicator_id, unit_id, period_from, period_to, as_of, published_on, amount,
                                qualifier, low, high, derived, origin, source, basis)
    SELECT %(indicator)s, n.unit_id, %(since)s, %(day)s, %(day)s, NULL, n.amount,
           'exact', n.amount, n.amount, FALSE, 'measured', %(rule)s, %(basis)s::jsonb
    FROM now_known n LEFT JOIN known k USING (unit_id)
    WHERE k.amount IS DISTINCT FROM n.amount ORDER BY n.unit_id"""

WITHOUT_COMMUNES: Final = frozenset({"collection.money"})
"""Rules whose amounts belong to offices only: their communes get no figure, rather than a false zero."""


def statement(rule: str) -> str:
    """The statement that writes the figures of a rule. Raises `KeyError` for a rule nobody wrote."""
    return RECORD.format(places=PLACES[rule])

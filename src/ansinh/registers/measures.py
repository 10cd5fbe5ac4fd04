"""Số đo của sổ đăng ký: people by scheme, cards, employers, and how many people live or are kept where.

Who belongs where: a person counts in the base office in charge of their record and in the commune they live
in. Everybody counts once, whatever the number of employers, cards or schemes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from ansinh.office.measures import Measure, Stage
from ansinh.office.relations import UNIT

_BELOW = f"IN (SELECT u.id FROM {UNIT} u WHERE u.path LIKE %(root)s)"
_VALID = (
    "c.valid_from <= %(day)s AND c.valid_to >= %(day)s AND (c.closed_on IS NULL OR c.closed_on > %(day)s)"
)

INSURED: Final = Stage(
    "counted_people",
    f"""
    WITH held AS (
        SELECT person_id, scheme, si, hi, ui FROM registers_participation
        WHERE from_month <= %(month)s AND (to_month IS NULL OR to_month >= %(month)s)
        UNION ALL
        SELECT c.person_id, 3, FALSE, TRUE, FALSE FROM registers_healthcard c
        WHERE c.payer <> 'employment' AND {_VALID}
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
    WHERE p.office_id {_BELOW}
    GROUP BY 1, 2""",
)
"""Everybody insured in the month, once each, counted by place."""

MEASURES: Final = (
    *(
        Measure(
            f"participants.{name}",
            "people",
            f"SELECT office_id, commune_id, {name} AS amount FROM {INSURED.table}",
            stage=INSURED,
        )
        for name in ("total", "compulsory", "unemployment", "voluntary", "health")
    ),
    Measure(
        "cards.valid",
        "cards",
        f"""
        SELECT p.office_id, p.commune_id, count(*) AS amount
        FROM registers_healthcard c JOIN registers_person p ON p.id = c.person_id
        WHERE {_VALID} AND p.office_id {_BELOW}
        GROUP BY 1, 2""",
    ),
    Measure(
        "employers.active",
        "employers",
        f"""
        SELECT e.office_id, e.commune_id, count(*) AS amount
        FROM registers_employer e
        WHERE e.office_id {_BELOW}
          AND EXISTS (SELECT 1 FROM registers_participation q WHERE q.employer_id = e.id AND q.scheme = 1
                        AND q.from_month <= %(month)s AND (q.to_month IS NULL OR q.to_month >= %(month)s))
        GROUP BY 1, 2""",
    ),
)


def population(units: Sequence[int]) -> dict[int, int]:
    """Số người còn sống trên sổ: by unit; of communes where people live, of offices whose record it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH below AS (
                   SELECT u.id AS asked, u.kind = 'commune' AS lived_in, o.id
                   FROM {UNIT} u JOIN {UNIT} o ON o.path LIKE u.path || '%%' WHERE u.id = ANY(%s)
               ), people AS (
                   SELECT TRUE AS lived_in, commune_id AS id, count(*) AS people FROM registers_person
                   WHERE died_on IS NULL AND commune_id IN (SELECT id FROM below WHERE lived_in) GROUP BY 2
                   UNION ALL
                   SELECT FALSE, office_id, count(*) FROM registers_person
                   WHERE died_on IS NULL AND office_id IN (SELECT id FROM below WHERE NOT lived_in) GROUP BY 2
               )
               SELECT asked, sum(people)::bigint FROM below JOIN people USING (lived_in, id)
               GROUP BY asked""",
            [list(units)],
        )
        return dict(cursor.fetchall())

"""Đo chỉ tiêu từ dữ liệu: the branches' measures carried up the tree of units, one statement a rule.

A branch says what an amount is and in which base office and commune it lies. A unit's figure is what lies in
it and in every office below it; a commune's is what lies in the commune and in the office it belongs to. So
every unit counts a person once; people living outside their office's communes are in the office's figure and
in no commune's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ansinh.collection.measures.money import MEASURES as MONEY
from ansinh.office.measures import Measure
from ansinh.office.relations import UNIT
from ansinh.registers.measures import MEASURES as REGISTERS

RULES: Final[Mapping[str, Measure]] = MappingProxyType({m.name: m for m in (*REGISTERS, *MONEY)})
"""What an indicator can be measured by."""

# A rule's amounts, carried up the tree, become figures where they differ from the last ones known.
RECORD: Final = f"""
    WITH place AS ({{places}}),
    spread AS (
        SELECT above.id::bigint AS unit_id, sum(place.amount)::bigint AS amount
        FROM place JOIN {UNIT} o ON o.id = place.office_id
        CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM o.path), '/')) AS above(id)
        GROUP BY 1
        UNION ALL
        SELECT c.id, sum(place.amount)::bigint
        FROM place JOIN {UNIT} o ON o.id = place.office_id
        JOIN {UNIT} c ON c.id = place.commune_id AND c.path LIKE o.path || '%%' AND c.id <> o.id
        GROUP BY 1
    ),
    now_known AS (
        SELECT u.id AS unit_id, coalesce(s.amount, 0) AS amount
        FROM {UNIT} u LEFT JOIN spread s ON s.unit_id = u.id
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


def statement(measure: Measure) -> str:
    """The statement that writes the figures of a measure; a stage it reads must stand."""
    return RECORD.format(places=measure.select)

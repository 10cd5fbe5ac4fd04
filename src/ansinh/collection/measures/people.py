"""Số người tham gia: everybody once, whatever the number of employers, cards or schemes.

A person's month is a set of bits; a tag asks for some of them. So one statement answers every count, its rise
and fall against the month before, and who stopped in the year and has not come back.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.collection.measures.books import IN_BOOKS, OURS, Figure, fetch
from ansinh.kernel.months import Month
from ansinh.office.relations import UNIT
from ansinh.registers.relations import HEALTH_CARD, PARTICIPATION, PERSON, WORK_MONTH

PAYING = {"si": 1, "hi": 2, "ui": 4, "wi": 8}
ON_LEAVE = {"si": 16, "hi": 32, "ui": 64, "wi": 128}
VOLUNTARY = 256
CARDS = {"fund": 512, "budget": 1024, "part_budget": 2048, "self": 4096}
SICK = 8192
BOOKS = sum(PAYING.values()) + sum(ON_LEAVE.values()) + SICK
"""Bits that only posted months know."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Nhóm người: has a bit of `some`, all of `every`, none of `no`."""

    some: int
    every: int = 0
    no: int = 0

    def holds(self, mask: str) -> str:
        """The condition on an integer column, in SQL."""
        return (
            f"({mask} & {self.some} <> 0 AND {mask} & {self.every} = {self.every} AND {mask} & {self.no} = 0)"
        )


HEALTH_ALONE = sum(CARDS.values())
TAGS = {
    **{name: Tag(bit) for name, bit in PAYING.items()},
    **{f"{name}_leave": Tag(bit, no=PAYING[name]) for name, bit in ON_LEAVE.items()},
    **{
        f"{name}_all": Tag(PAYING[name] | ON_LEAVE[name] | (HEALTH_ALONE if name == "hi" else 0))
        for name in PAYING
    },
    "hi_taking_part": Tag(PAYING["hi"] | HEALTH_ALONE),
    "wi_both": Tag(PAYING["wi"], every=PAYING["si"]),
    "wi_only": Tag(PAYING["wi"], no=PAYING["si"]),
    "voluntary": Tag(VOLUNTARY),
    "si_any": Tag(PAYING["si"] | VOLUNTARY),
    "hi_any": Tag(PAYING["hi"] | HEALTH_ALONE),
    "health_alone": Tag(HEALTH_ALONE, no=PAYING["hi"]),
    **{name: Tag(bit) for name, bit in CARDS.items()},
}
STOPPED = {
    "si": Tag(PAYING["si"] | ON_LEAVE["si"] | SICK),
    "voluntary": TAGS["voluntary"],
    "hi": TAGS["hi_all"],
    "ui": Tag(PAYING["ui"] | ON_LEAVE["ui"] | SICK),
}
"""Who has not stopped: pays, or is only away."""


def _presence() -> str:
    """Rows (person_id, month, mask) of the months `first` to `month`; leave = away and owing nothing."""
    paying = " | ".join(f"CASE WHEN sum({n}_base) > 0 THEN {bit} ELSE 0 END" for n, bit in PAYING.items())
    leave = f"CASE WHEN maternity_days > 0 THEN {sum(ON_LEAVE.values())} ELSE {ON_LEAVE['hi'] | SICK} END"
    cards = " ".join(f"WHEN '{name}' THEN {bit}" for name, bit in CARDS.items())
    months = "generate_series(%(first)s, %(month)s) g(month)"
    last_day = "(make_date((g.month + 1) / 12, (g.month + 1) %% 12 + 1, 1) - 1)"
    return f"""
        SELECT person_id, month, {paying} AS mask FROM collection_due
        WHERE {IN_BOOKS} AND month BETWEEN %(first)s AND %(month)s AND for_month = month
          AND employer_id IN ({OURS})
        GROUP BY employer_id, person_id, month
        UNION ALL
        SELECT person_id, month, {leave} FROM {WORK_MONTH} w
        WHERE month BETWEEN %(first)s AND %(month)s AND maternity_days + sick_days > 0
          AND employer_id IN ({OURS})
        UNION ALL
        SELECT t.person_id, g.month, {VOLUNTARY} FROM {PARTICIPATION} t
        JOIN {PERSON} p ON p.id = t.person_id JOIN {UNIT} o ON o.id = p.office_id
        JOIN {months} ON g.month BETWEEN t.from_month AND coalesce(t.to_month, 1000000)
        WHERE t.scheme = 2 AND o.path LIKE %(path)s || '%%'
        UNION ALL
        SELECT c.person_id, g.month, CASE c.payer {cards} END FROM {HEALTH_CARD} c
        JOIN {PERSON} p ON p.id = c.person_id JOIN {UNIT} o ON o.id = p.office_id
        JOIN {months} ON {last_day} BETWEEN c.valid_from AND c.valid_to
          AND (c.closed_on IS NULL OR c.closed_on > {last_day})
        WHERE c.payer <> 'employment' AND o.path LIKE %(path)s || '%%'"""


def count(path: str, month: Month, *, since: Month | None, known: bool) -> dict[str, Figure]:
    """Số người theo nhóm: tag -> figure; `women.` and `stopped.` tags beside. Nobody is counted twice.

    `since` is the first month of the year when those who stopped are asked for, else None: of those who took
    part in a month the books hold. `known` is false where they do not hold the month before: what it brought
    forward is then not known.
    """
    first = min(since or month, month) - 1
    asked = []
    for name, tag in TAGS.items():
        now, before = tag.holds("now"), tag.holds("before")
        for prefix, also in (("", ""), ("women.", " AND woman")):
            asked += [
                f'count(*) FILTER (WHERE {now}{also}) AS "{prefix}{name}.after"',
                f'count(*) FILTER (WHERE {before}{also}) AS "{prefix}{name}.before"',
                f'count(*) FILTER (WHERE {now} AND NOT {before}{also}) AS "{prefix}{name}.up"',
                f'count(*) FILTER (WHERE {before} AND NOT {now}{also}) AS "{prefix}{name}.down"',
            ]
    for name, tag in STOPPED.items() if since else ():
        now, before = tag.holds("now"), tag.holds("before")
        gone = f"{tag.holds('earlier')} AND NOT {now}"
        was = f"{tag.holds('long_ago')} AND NOT {before}"
        asked += [
            f'count(*) FILTER (WHERE {gone}) AS "stopped.{name}.after"',
            f'count(*) FILTER (WHERE {was}) AS "stopped.{name}.before"',
            f'count(*) FILTER (WHERE {gone} AND NOT ({was})) AS "stopped.{name}.up"',
            f'count(*) FILTER (WHERE {was} AND NOT ({gone})) AS "stopped.{name}.down"',
        ]
    row = fetch(
        f"""
        WITH presence AS ({_presence()}),
        span AS (
            SELECT person_id,
                   coalesce(bit_or(mask) FILTER (WHERE month = %(month)s), 0) AS now,
                   coalesce(bit_or(mask) FILTER (WHERE month = %(month)s - 1), 0) AS before,
                   coalesce(bit_or(mask) FILTER (WHERE month < %(month)s), 0) AS earlier,
                   coalesce(bit_or(mask) FILTER (WHERE month < %(month)s - 1), 0) AS long_ago
            FROM presence GROUP BY person_id)
        SELECT {", ".join(asked)}
        FROM (SELECT span.*, p.sex = 'F' AS woman FROM span JOIN {PERSON} p ON p.id = person_id) x""",
        {"path": path, "first": first.index, "month": month.index},
    )[0]
    return {key: _figure(row, key, known=known) for key in {name.rsplit(".", 1)[0] for name in row}}


def _figure(row: dict[str, int], key: str, *, known: bool) -> Figure:
    group, _, name = key.rpartition(".")
    tag = STOPPED[name] if group == "stopped" else TAGS[name]
    if known or group == "stopped" or not tag.some & BOOKS:
        return Figure(row[f"{key}.before"], row[f"{key}.up"], row[f"{key}.down"], row[f"{key}.after"])
    return Figure(None, None, None, row[f"{key}.after"])

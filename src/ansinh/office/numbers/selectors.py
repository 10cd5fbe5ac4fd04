"""Liệt kê dãy số: what an auditor asks of a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ansinh.office.numbers.models import OfficialNumber, Series
from ansinh.office.rights import Actor
from ansinh.office.units.models import Unit


@dataclass(frozen=True, slots=True)
class Listed:
    """Một số trong sổ: the number, how it stands on the document, which document, when."""

    value: int
    text: str
    thing: str
    key: int
    given_at: datetime


def series_of(unit: Unit) -> QuerySet[Series]:
    """Các dãy số của một đơn vị: those with numbers, newest year first."""
    return Series.objects.filter(unit=unit, last__gt=0).order_by("-year", "kind")


def kept_at(actor: Actor, verb: str) -> QuerySet[Unit]:
    """Cơ quan có dãy số: those in the actor's reach under this verb."""
    kept = Exists(Series.objects.filter(unit=OuterRef("pk"), last__gt=0))
    return Unit.objects.filter(actor.within(verb, "path"), kept).order_by("path")


def register_of(series: Series) -> QuerySet[OfficialNumber]:
    """Sổ của một dãy: every number given and by whom, the last one first."""
    return OfficialNumber.objects.filter(series=series).select_related("given_by").order_by("-value")


def listed(kind: str, *, unit: Unit, year: int) -> list[Listed]:
    """Sổ của một dãy: every number given, in order, with the document that bears it."""
    rows = OfficialNumber.objects.filter(series__unit=unit, series__kind=kind, series__year=year)
    return [
        Listed(*row)
        for row in rows.order_by("value").values_list("value", "text", "thing", "key", "given_at")
    ]


def gaps(kind: str, *, unit: Unit, year: int) -> list[int]:
    """Số bị hụt: numbers given here, up to the last, that stand on no document; an empty list must be true.

    Numbers up to where the series began were given elsewhere and are nobody's gap here.
    """
    with connection.cursor() as cursor:
        # counted by thousands, and looked for one by one only in a thousand that is not whole
        cursor.execute(
            """SELECT v FROM office_series s CROSS JOIN LATERAL (
                   SELECT t FROM generate_series(s.began / 1000, (s.last - 1) / 1000) AS t
                   LEFT JOIN (SELECT (value - 1) / 1000 AS t, count(*) AS given FROM office_officialnumber
                              WHERE series_id = s.id AND value > s.began AND value <= s.last
                              GROUP BY 1) n USING (t)
                   WHERE coalesce(given, 0) < least(t * 1000 + 1000, s.last) - greatest(t * 1000, s.began)
               ) lacking CROSS JOIN LATERAL generate_series(
                   greatest(t * 1000, s.began) + 1, least(t * 1000 + 1000, s.last)
               ) AS v
               WHERE s.unit_id = %s AND s.kind = %s AND s.year = %s AND NOT EXISTS (
                   SELECT 1 FROM office_officialnumber n WHERE n.series_id = s.id AND n.value = v)
               ORDER BY v""",
            [unit.pk, kind, year],
        )
        return [int(v) for (v,) in cursor.fetchall()]


def of_thing(thing: str, key: int) -> str:
    """Số của một văn bản; empty when it has none."""
    found = OfficialNumber.objects.filter(thing=thing, key=key).order_by("pk")
    return found.values_list("text", flat=True).first() or ""

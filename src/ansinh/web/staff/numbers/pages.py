"""Sổ văn bản: one series of a unit and year, every number with what it stands on; gaps are named."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.office import numbers
from ansinh.office.models import Unit
from ansinh.office.numbers.models import OfficialNumber, Series
from ansinh.web import features
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, key, no_unit
from ansinh.web.ui import export, words
from ansinh.web.ui.tables import Column, Table

VERB = "number.read"


@rule(VERB)
def page(request: HttpRequest) -> HttpResponseBase:
    """Một dãy số, mới nhất trước: `?don-vi=` names the unit, `?so=` the series as kind and year."""
    units = list(numbers.kept_at(actor_of(request), VERB))
    unit = _unit(request, units)
    held = list(numbers.series_of(unit)) if unit else []
    series = _series(request, held)
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "choices": [(_slug(one), _title(one)) for one in held],
        "chosen": _slug(series) if series else "",
    }
    if series is not None and unit is not None:
        drawn = _table(request, series)
        if drawn.export_asked:
            return export.workbook(drawn)
        gaps = numbers.gaps(series.kind, unit=unit, year=series.year)
        context |= {"table": drawn, "series": series, "gaps": gaps, "given": series.last - series.began}
    return render(request, "staff/numbers/list.html", context)


def _unit(request: HttpRequest, units: list[Unit]) -> Unit | None:
    """The unit asked for, else the widest; 404 for one that is not in reach or keeps no numbers."""
    asked = request.GET.get("don-vi")
    if not asked:
        return units[0] if units else None
    found = next((unit for unit in units if unit.pk == key(asked)), None)
    return found or no_unit(request, VERB)


def _series(request: HttpRequest, held: list[Series]) -> Series | None:
    """The series asked for, else the newest: a unit that was changed in the form has others."""
    asked = request.GET.get("so", "")
    return next((one for one in held if _slug(one) == asked), held[0] if held else None)


def _slug(series: Series) -> str:
    return f"{series.kind}-{series.year}"


def _title(series: Series) -> str:
    known = numbers.kinds().get(series.kind)
    return f"{series.year}: {known.name if known else series.kind}"


def _table(request: HttpRequest, series: Series) -> Table:
    page_of = _pages(request, lambda: drawn.page.object_list)
    named = features.numbered()
    drawn = Table(
        request,
        name="numbers",
        caption=_title(series),
        rows=numbers.register_of(series),
        columns=[
            Column("value", _("Số thứ tự"), "number", sort="value", always=True, frozen=True),
            Column("text", _("Số văn bản"), "code", url=page_of),
            Column(
                "thing", _("Văn bản"), value=lambda n: named[n.thing].name if n.thing in named else n.thing
            ),
            Column("given_at", _("Cấp lúc"), value=lambda n: words.day(n.given_at), sort="given_at"),
            Column("given_by", _("Người cấp"), value=lambda n: str(n.given_by or "")),
        ],
        sort="-value",
    )
    return drawn


def _pages(request: HttpRequest, rows: Callable[[], Any]) -> Callable[[OfficialNumber], str]:
    """The page of what a number stands on, where the reader may open it; asked once for a whole page."""

    @cache
    def found() -> dict[tuple[str, int], str]:
        keys: dict[str, list[int]] = {}
        for row in rows():
            keys.setdefault(row.thing, []).append(row.key)
        known = features.numbered()
        return {
            (thing, pk): address
            for thing, some in keys.items()
            for pk, address in known[thing].pages(actor_of(request), some).items()
        }

    return lambda number: found().get((number.thing, number.key), "")

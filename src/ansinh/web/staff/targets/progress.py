"""Chỉ tiêu: progress of a province, a base office or a commune; the address is the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, cast, get_args

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh import charts
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.steering.targets import access, dictionary, selectors
from ansinh.steering.targets.models import Figure, Plan
from ansinh.steering.targets.pace import Status
from ansinh.steering.targets.selectors import Board, Level, Point, Progress
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, key
from ansinh.web.staff.asking import month as month_of
from ansinh.web.staff.doors import english
from ansinh.web.staff.targets.drawn import bar_of, groups_of
from ansinh.web.ui import export
from ansinh.web.ui.tables import Column, Control, Filter, Kind, Table

NARROW = 440  # a chart drawn for a phone keeps its letters legible
BARS = 40
EVERY = "tat-ca"
OFFICES = (Unit.Kind.BASE_OFFICE, Unit.Kind.DISTRICT)
SOURCES = tuple(Plan.Source.values)


@dataclass(frozen=True)
class Question:
    """Điều được hỏi: where, up to which month, against whose plan, which indicators, how deep."""

    unit: Unit
    month: Month
    source: str
    indicators: tuple[str, ...]
    level: Level
    status: str
    controls: tuple[Control, ...]

    @property
    def words(self) -> QueryDict:
        """The question as an address gives it, with every default in it."""
        query = QueryDict(mutable=True)
        for control in self.controls:
            query[control.filter.name] = control.value
        return query

    def address(self, **changes: object) -> str:
        """The same question of another place or at another depth."""
        query = self.words
        for name, value in changes.items():
            query[name.replace("_", "-")] = str(value)
        return f"{reverse('targets')}?{query.urlencode()}"


@dataclass
class Asked(Table):
    """A table whose conditions are the page's question: asked above the charts, repeated in the workbook."""

    asked: Sequence[Control] = ()

    @cached_property
    def controls(self) -> list[Control]:
        """The question, for the sheet of conditions; on screen the page has its own form."""
        return list(self.asked) if self.export_asked else []


@rule("target.read")
def page(request: HttpRequest) -> HttpResponseBase:
    """Tiến độ thực hiện chỉ tiêu: a chart and a table of one unit and those below it."""
    question = asked(request)
    board = selectors.progress(
        unit=question.unit,
        month=question.month,
        source=question.source,
        level=question.level,
        indicators=question.indicators,
        communes="export" not in request.GET and _draws_communes(question),
    )
    drawn = _table(request, question, board.rows)
    if drawn.export_asked:
        return export.workbook(drawn)
    own = [row for row in board.rows if row.unit.pk == question.unit.pk]
    context = {
        "question": question,
        "table": drawn,
        **_head(question, own),
        "version": board.version,
        "plan": board.plan,
        "charts": _charts(question, board, own),
        "crumbs": _crumbs(actor_of(request), question),
    }
    return render(request, "staff/targets/progress.html", context)


def _head(question: Question, own: list[Progress]) -> dict[str, Any]:
    """The figures of the unit itself in one indicator, in the reader's words; none for several indicators."""
    if len(question.indicators) > 1 or not own:
        return {"heads": []}
    row = own[0]
    what = row.indicator
    return {
        "heads": [row],
        "head_name": what.name_en if english() else what.name_vi,
        "union": what.union_en if english() else what.union_vi,
        "qualifier": qualifier(row.figure),
        "status": status_words(row.status),
        "tone": tone(row.status),
        "method": method(row),
    }


def asked(request: HttpRequest) -> Question:
    """The question of an address; what it leaves open is the latest month, the highest unit in scope."""
    actor, query = actor_of(request), request.GET
    months = [Month.of(day) for day in access.figures(actor).dates("as_of", "month", order="DESC")]
    if query.get("ky"):
        month = month_of(query["ky"])
    else:
        month = months[0] if months else Month.of(timezone.localdate()) - 1
    unit = _unit(actor, query.get("don-vi", ""), month.last_day)
    source = query.get("nguon") or Plan.Source.VSS
    level = query.get("cap") or "children"
    entries = {c: e for c, e in dictionary.entries().items() if e.planned or e.rule}
    planned = tuple(c for c, e in entries.items() if e.planned)
    code = query.get("chi-tieu") or planned[0]
    status = query.get("tinh-trang", "")
    known = (source in SOURCES, level in get_args(Level), code in {*entries, EVERY}, status in {"", *Status})
    if not all(known):
        raise Http404
    name: Callable[[dictionary.Entry], str] = lambda e: e.name_en if english() else e.name_vi  # noqa: E731
    controls = (
        choice("don-vi", _("Đơn vị"), _places(actor, unit, month.last_day), unit.pk),
        choice("ky", _("Đến hết tháng"), [(str(m), m.vi()) for m in sorted({*months, month})[::-1]], month),
        choice("nguon", _("Nguồn giao"), [(s.value, s.label) for s in Plan.Source], source),
        choice(
            "chi-tieu",
            _("Chỉ tiêu"),
            [(EVERY, _("Mọi chỉ tiêu được giao")), *((c, name(e)) for c, e in entries.items())],
            code,
        ),
        choice("cap", _("Xem theo"), _levels(unit), level),
        choice(
            "tinh-trang",
            _("Tình trạng"),
            [("", _("Tất cả")), *((s.value, status_words(s)) for s in Status)],
            status,
        ),
    )
    codes = planned if code == EVERY else (code,)
    return Question(unit, month, source, codes, cast("Level", level), status, controls)


def choice(name: str, label: str, choices: Sequence[tuple[str, Any]], value: object) -> Control:
    """A part of the question: its words, its choices, the one in force."""
    return Control(Filter(name, label, lambda rows, _value: rows, "choice", choices), str(value))


def _unit(actor: Actor, asked_for: str, day: date) -> Unit:
    """The unit asked for, or the highest in scope, as it was on the day; 404 outside the scope."""
    held = access.units(actor)
    if asked_for:
        unit = access.unit(actor, key(asked_for) or 0)
    else:
        top = min(actor.paths(access.READ), key=lambda path: (path.count("/"), path), default="")
        found = held.filter(path=top).first()
        if found is None:
            raise Http404
        unit = found
    if unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day):
        return unit
    try:
        then = units.as_of(unit, day)
    except BilingualError:
        return unit
    # a unit of another era lies in the scope of the whole country only
    return then if held.filter(pk=then.pk).exists() else unit


def _places(actor: Actor, unit: Unit, day: date) -> list[tuple[str, str]]:
    """The country, provinces, and the offices of the province looked at; a commune when asked for."""
    above = [int(pk) for pk in unit.path.strip("/").split("/")]
    found = list(
        access.units(actor)
        .filter(kind__in=[Unit.Kind.VSS, Unit.Kind.PROVINCE, *OFFICES], valid_from__lte=day)
        .exclude(valid_to__lt=day)
        .order_by("name_sort")
    )
    near = [u for u in found if u.kind not in OFFICES or u.parent_id in above or u.pk in above]
    if unit.pk not in {u.pk for u in near}:
        near.append(unit)
    return [(str(u.pk), u.name) for u in sorted(near, key=lambda u: (u.path.count("/"), u.name_sort))]


def _levels(unit: Unit) -> list[tuple[str, str]]:
    words = {
        "children": _("Cấp dưới trực tiếp"),
        "offices": _("BHXH cơ sở"),
        "communes": _("Xã, phường, đặc khu"),
        "self": _("Chỉ đơn vị này"),
    }
    return [(level, words[level]) for level in words if level != "offices" or unit.kind not in OFFICES]


def _table(request: HttpRequest, question: Question, rows: list[Progress]) -> Table:
    several = len(question.indicators) > 1
    if question.status:
        rows = [row for row in rows if row.status == question.status]
    kind: Kind = "money" if question.indicators == ("collection.money",) else "number"
    name: Callable[[Any], str] = lambda i: i.name_en if english() else i.short_vi  # noqa: E731
    return Asked(
        request,
        asked=question.controls,
        name="targets",
        caption=_("Tiến độ chỉ tiêu %(unit)s đến %(month)s")
        % {"unit": question.unit.name, "month": question.month.vi()},
        rows=rows,
        key=lambda r: (r.unit.pk, r.indicator.pk),
        page_size=100,
        empty=_("Chưa nạp danh mục chỉ tiêu"),
        columns=[
            Column(
                "unit",
                _("Đơn vị"),
                value=lambda r: r.unit.name,
                frozen=True,
                url=lambda r: question.address(
                    don_vi=r.unit.pk, cap="self" if r.unit.kind == "commune" else "children"
                ),
            ),
            *([Column("indicator", _("Chỉ tiêu"), value=lambda r: name(r.indicator))] if several else []),
            Column("qualifier", _("Ghi là"), value=lambda r: qualifier(r.figure)),
            Column("actual", _("Thực hiện"), kind, sort="actual"),
            Column("target", _("Chỉ tiêu giao"), kind, sort="target"),
            Column("share", _("Đạt"), "percent", sort="share"),
            Column("gap", _("Còn phải đạt"), kind, sort="gap"),
            Column(
                "status",
                _("Tình trạng"),
                "tag",
                value=lambda r: status_words(r.status),
                tone=lambda r: tone(r.status),
            ),
            Column("expected", _("Cần đạt đến nay"), kind, value=lambda r: _whole(r.expected)),
            Column("ahead", _("So với tiến độ"), "percent", sort="ahead"),
            Column("forecast", _("Dự báo cuối năm"), kind, value=lambda r: r.forecast and r.forecast.amount),
            Column("forecast_share", _("Dự báo đạt"), "percent", sort="forecast_share"),
            Column("as_of", _("Số liệu đến"), "date"),
            Column("published", _("Công bố"), "date", value=lambda r: r.figure and r.figure.published_on),
            Column(
                "origin", _("Nguồn số"), value=lambda r: r.figure.get_origin_display() if r.figure else None
            ),
            Column("method", _("Cách dự báo"), value=method),
        ],
    )


def _whole(value: Any) -> int | None:
    return None if value is None else half_up(value)


def qualifier(figure: Figure | None) -> str | None:
    """Từ bổ nghĩa của một số ("hơn"); nothing for an exact one."""
    if figure is None or figure.qualifier == Figure.Qualifier.EXACT:
        return None
    return str(figure.get_qualifier_display())


def status_words(status: Status) -> str:
    """The status in the reader's language."""
    return status.words[english()]


def tone(status: Status) -> str:
    """The tone of the status tag; what is reached has no colour."""
    return "plain" if status.colour == "none" else status.colour


def method(row: Progress) -> str | None:
    """Cách dự báo, in words."""
    return (row.forecast.en if english() else row.forecast.vi) if row.forecast else None


def _charts(question: Question, board: Board, own: list[Progress]) -> list[dict[str, str]]:
    """Charts as pairs, wide and narrow: bars of units or indicators, tiles of communes, months."""
    several = len(question.indicators) > 1
    below = own if several else [row for row in board.rows if row.unit.pk != question.unit.pk]
    drawn = []
    if below and len(below) <= BARS and any(row.figure for row in below):
        bars = [_bar(row, "indicator" if several else "unit") for row in below]
        title = _("Mức đạt so với chỉ tiêu")
        due = _("Vạch đen là mức cần đạt đến nay.") if any(bar.due is not None for bar in bars) else ""
        drawn.append(_pair(title, due, lambda width: charts.progress_bars(bars, title=title, width=width)))
    if several or not own:
        return drawn
    if any(row.figure for row in board.communes):
        groups = groups_of(board.communes, english=english())
        title = _("Xã, phường theo BHXH cơ sở: tỷ lệ đạt và tình trạng")
        drawn.append(
            _pair(_("Xã, phường, đặc khu"), "", lambda width: charts.tiles(groups, title=title, width=width))
        )
    lines = _lines(board.points)
    title = _("%(name)s qua các tháng") % {"name": own[0].indicator}
    measure = str(own[0].indicator.get_measure_display())
    drawn.append(
        _pair(
            _("Qua các tháng năm %(year)s") % {"year": question.month.year},
            "",
            lambda width: charts.months_line(lines, title=title, unit=measure, width=width),
        )
    )
    return drawn


def _bar(row: Progress, by: Any) -> charts.Bar:
    bar = bar_of(row, english=english(), by=by)
    return replace(bar, label=bar.label.removeprefix("BHXH cơ sở "))


def _pair(title: str, note: str, draw: Callable[[int], str]) -> dict[str, str]:
    return {"title": title, "note": note, "wide": draw(charts.WIDTH), "narrow": draw(NARROW)}


def _draws_communes(question: Question) -> bool:
    """Whether communes are drawn: of one indicator, below an office; the whole country's are too many."""
    return len(question.indicators) == 1 and question.unit.kind not in {Unit.Kind.VSS, Unit.Kind.COMMUNE}


def _lines(points: Sequence[Point]) -> list[charts.Line]:
    actual = tuple((p.month, p.actual) for p in points)
    lines = [
        charts.Line(_("Thực hiện"), actual),
        charts.Line(_("Năm trước"), tuple((p.month, p.last_year) for p in points), "grey"),
        charts.Line(_("Cần đạt"), tuple((p.month, p.expected) for p in points), "yellow", dashed=True),
    ]
    return [line for line in lines if any(value is not None for _month, value in line.points)]


def _crumbs(actor: Actor, question: Question) -> list[tuple[str, str]]:
    """From the highest unit in scope down to the one looked at."""
    above = [int(pk) for pk in question.unit.path.strip("/").split("/")]
    found = access.units(actor).filter(pk__in=above).order_by("path")
    trail = [
        (unit.name, question.address(don_vi=unit.pk, cap="children") if unit.pk != question.unit.pk else "")
        for unit in found
    ]
    return [(_("Chỉ tiêu"), reverse("targets")), *trail]

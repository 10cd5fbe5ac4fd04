"""Số liệu đã công bố: figures in print with their intervals, what must agree, another era."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.text import fold
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.steering.targets import access, dictionary, identities
from ansinh.steering.targets import eras as by_era
from ansinh.steering.targets import published as book
from ansinh.steering.targets.models import Figure
from ansinh.steering.targets.published import Published
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import english
from ansinh.web.staff.targets.progress import Asked, choice
from ansinh.web.ui import export, words
from ansinh.web.ui.tables import Column, Control, Filter, Table

ERAS = {"2026": date(2026, 12, 31), "2023": date(2023, 12, 31)}
LEVELS: dict[str, tuple[str, ...]] = {
    "province": (Unit.Kind.PROVINCE,),
    "office": (Unit.Kind.BASE_OFFICE, Unit.Kind.DISTRICT),
}
PAGE = 100


@rule("target.read")
def published(request: HttpRequest) -> HttpResponseBase:
    """Số liệu đã công bố: what was printed, what it may be, and the target it implies."""
    figures = list(book.book().figures.values())
    drawn = Table(
        request,
        name="published-figures",
        caption=_("Số liệu đã công bố"),
        rows=figures,
        key=lambda f: f.key,
        page_size=PAGE,
        columns=[
            Column("key", _("Mã"), "code", sort="key", frozen=True),
            Column("place", _("Nơi"), value=place),
            Column("indicator", _("Chỉ tiêu"), value=lambda f: _name(f.indicator)),
            Column("qualifier", _("Ghi là"), value=_qualifier),
            Column("amount", _("Số đã in"), "number", value=_count),
            Column("percent", _("Tỷ lệ đã in"), "percent", value=_percent),
            Column("low", _("Ít nhất"), "number", value=lambda f: _count(f) and math.floor(f.interval.low)),
            Column(
                "high", _("Nhiều nhất"), "number", value=lambda f: _count(f) and math.ceil(f.interval.high)
            ),
            Column("of_target", _("Đạt (đã in)"), value=lambda f: _printed(f.percent_of_target)),
            Column(
                "target",
                _("Chỉ tiêu suy ra"),
                "number",
                value=lambda f: f.target and f.target.nearest,
            ),
            Column(
                "target_low",
                _("Chỉ tiêu ít nhất"),
                "number",
                value=lambda f: f.target_widest and math.floor(f.target_widest.low),
            ),
            Column(
                "target_high",
                _("Chỉ tiêu nhiều nhất"),
                "number",
                value=lambda f: f.target_widest and math.ceil(f.target_widest.high),
            ),
            Column("as_of", _("Số liệu đến"), "date", sort="as_of"),
            Column("published", _("Công bố"), "date", value=lambda f: f.article.published),
            Column("topic", _("Nguồn"), value=lambda f: f.article.topic),
            Column("note", _("Ghi chú"), value=_note),
        ],
        filters=[
            Filter("tim", _("Nơi, chỉ tiêu, nguồn"), _search),
            Filter("noi", _("Nơi"), _of_place, "choice", _places(figures)),
        ],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(
        request,
        "staff/targets/published.html",
        {
            "table": drawn,
            "deadlines": book.book().deadlines,
            **_tally(identities.checks(book.book())),
            "crumbs": _crumbs(_("Số đã công bố")),
        },
    )


def _tally(found: list[identities.Check]) -> dict[str, int]:
    """How many of the checks hold."""
    return {"held": sum(c.holds for c in found), "total": len(found)}


@rule("target.read")
def checks(request: HttpRequest) -> HttpResponseBase:
    """Kiểm tra số liệu đã công bố: implied targets and identities, as `ansinh figures check` says."""
    found = identities.checks(book.book())
    drawn = Table(
        request,
        name="figure-checks",
        caption=_("Kiểm tra số liệu đã công bố"),
        rows=found,
        key=lambda c: c.key,
        page_size=PAGE,
        columns=[
            Column("key", _("Mã"), "code", sort="key", frozen=True),
            Column(
                "holds",
                _("Kết quả"),
                "tag",
                value=lambda c: _("Đúng") if c.holds else _("Sai"),
                tone=lambda c: "green" if c.holds else "red",
            ),
            Column("detail", _("Phép kiểm tra"), sort="detail"),
        ],
        filters=[
            Filter("tim", _("Phép kiểm tra"), lambda rows, v: [c for c in rows if fold(v) in fold(c.detail)]),
            Filter(
                "ket-qua",
                _("Kết quả"),
                lambda rows, v: [c for c in rows if c.holds == (v == "dung")],
                "choice",
                [("dung", _("Đúng")), ("sai", _("Sai"))],
            ),
        ],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(
        request,
        "staff/targets/checks.html",
        {
            "table": drawn,
            **_tally(found),
            "warned": [f for f in book.book().figures.values() if f.warning],
            "crumbs": _crumbs(_("Kiểm tra số liệu")),
        },
    )


@rule("target.read")
def eras(request: HttpRequest) -> HttpResponseBase:
    """Số liệu theo đơn vị của năm 2026 hoặc 2023: wherever successions say what became what."""
    question, rows = _reported(request)
    drawn = Asked(
        request,
        asked=question,
        name="targets-by-era",
        caption=_("Số liệu theo đơn vị năm %(era)s") % {"era": question[0].value},
        rows=rows,
        key=lambda r: r.unit.pk if r.unit else 0,
        page_size=PAGE,
        empty=_("Chưa có số liệu"),
        columns=[
            Column(
                "unit",
                _("Đơn vị"),
                value=lambda r: r.unit.name if r.unit else _("Chưa quy được về đơn vị nào"),
                frozen=True,
            ),
            Column("qualifier", _("Ghi là"), value=lambda r: _word(r.qualifier)),
            Column("amount", _("Số liệu"), "number", sort="amount"),
            Column("low", _("Ít nhất"), "number", sort="low"),
            Column("high", _("Nhiều nhất"), "number", sort="high"),
            Column(
                "complete",
                _("Tình trạng"),
                "tag",
                value=lambda r: _("Đủ") if r.is_complete else _("Chưa đủ"),
                tone=lambda r: "green" if r.is_complete else "yellow",
            ),
            Column("parts", _("Gồm số liệu của"), value=lambda r: ", ".join(f.unit.name for f in r.parts)),
            Column("as_of", _("Số liệu đến"), "date", value=lambda r: max(f.as_of for f in r.parts)),
            Column(
                "published",
                _("Công bố"),
                "date",
                value=lambda r: max((f.published_on for f in r.parts if f.published_on), default=None),
            ),
            Column("note", _("Ghi chú"), value=lambda r: r.note.split(" / ")[english() and " / " in r.note]),
        ],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(
        request,
        "staff/targets/eras.html",
        {"table": drawn, "controls": question, "crumbs": _crumbs(_("Theo đơn vị 2023, 2026"))},
    )


def _reported(request: HttpRequest) -> tuple[list[Control], list[by_era.Reported]]:
    """Question and answer: by which units, of what level, which indicator, on which day."""
    query = request.GET
    era, level = query.get("theo") or "2026", query.get("cap") or "province"
    if era not in ERAS or level not in LEVELS:
        raise Http404
    held = _figures(actor_of(request)).filter(unit__kind__in=LEVELS[level], indicator__decimals=0)
    codes = set(held.order_by().values_list("indicator__code", flat=True).distinct())
    entries = [e for c, e in dictionary.entries().items() if c in codes]
    code = query.get("chi-tieu") or (entries[0].code if entries else "")
    of_indicator = held.filter(indicator__code=code)
    days = list(of_indicator.dates("as_of", "day", order="DESC"))
    try:
        day = parse_date(query["ngay"]) if query.get("ngay") else (days[0] if days else None)
    except BilingualError as error:
        raise Http404 from error
    figures = (
        of_indicator.filter(as_of=day)
        .order_by("unit_id", "origin", "-id")
        .distinct("unit_id")
        .select_related("unit")
    )
    rows = by_era.report(list(figures), ERAS[era], "province" if level == "province" else "office")
    controls = [
        choice("theo", _("Theo đơn vị"), [(e, _("Năm %(era)s") % {"era": e}) for e in ERAS], era),
        choice("cap", _("Cấp"), [("province", _("Tỉnh")), ("office", _("Cơ sở, huyện"))], level),
        choice("chi-tieu", _("Chỉ tiêu"), [(e.code, _name(e.code)) for e in entries], code),
        choice("ngay", _("Số liệu đến"), [(f"{d:%d/%m/%Y}", f"{d:%d/%m/%Y}") for d in days],
                f"{day:%d/%m/%Y}" if day else ""),
    ]  # fmt: skip
    return controls, rows


def _figures(actor: Actor) -> Any:
    """Figures in scope, and those anybody can read in the press."""
    return access.figures(actor) | access.published()


def _name(code: str) -> str:
    entry = dictionary.entries()[code]
    return entry.name_en if english() else entry.name_vi


def place(figure: Published) -> str:
    """The province a figure is about, by the name it had on its day."""
    return _listed(figure.about, figure.as_of)


def _listed(code: str, day: date) -> str:
    kinds = {"vss"} if code == units.ROOT_CODE else {"province"}
    for item in units.listed():
        lasts = item.valid_from <= day and (item.valid_to is None or item.valid_to >= day)
        if item.kind in kinds and item.code == code and lasts:
            return item.name
    return code


def _places(figures: list[Published]) -> list[tuple[str, str]]:
    return sorted({figure.about: place(figure) for figure in figures}.items())


def _of_place(rows: list[Published], code: str) -> list[Published]:
    return [figure for figure in rows if figure.about == code]


def _search(rows: list[Published], text: str) -> list[Published]:
    asked = fold(text)
    return [f for f in rows if asked in fold(f"{place(f)} {_name(f.indicator)} {f.article.topic} {f.key}")]


def _word(qualifier: str) -> str | None:
    return None if qualifier == "exact" else str(Figure.Qualifier(qualifier).label)


def _qualifier(figure: Published) -> str | None:
    return _word(figure.qualifier)


def _is_percent(figure: Published) -> bool:
    return dictionary.entries()[figure.indicator].measure == "percent"


def _count(figure: Published) -> int | None:
    return None if _is_percent(figure) else figure.amount


def _percent(figure: Published) -> Fraction | None:
    entry = dictionary.entries()[figure.indicator]
    return Fraction(figure.amount, 100 * 10**entry.decimals) if _is_percent(figure) else None


def _printed(percent: str) -> str | None:
    return percent.replace(".", ",") + "%" if percent else None


def _note(figure: Published) -> str:
    """What is wrong with the dates, how the figure was come by, and the note of the list."""
    said = []
    if figure.warning:
        said.append(_("Số liệu đến ngày sau ngày công bố."))
    if figure.coverage:
        facts = {"part": format_dong(figure.part), "percent": _printed(figure.coverage)}
        said.append(_("Suy ra: %(part)s người là %(percent)s.") % facts)
    elif figure.derived:
        said.append(_("Suy ra từ số khác đã in."))
    if figure.article.event:
        said.append(_("Sự kiện ngày %(day)s.") % {"day": words.day(figure.article.event)})
    return " ".join([*said, figure.note]).strip()


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("Chỉ tiêu"), reverse("targets")), (here, "")]

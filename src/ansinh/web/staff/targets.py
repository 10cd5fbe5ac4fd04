"""Chỉ tiêu: progress of a unit and those below it, as a chart and as a table; drill down to communes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ansinh.collection.month import selectors as months
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.registers.selectors import province_of
from ansinh.targets import access, identities, published, selectors
from ansinh.targets.models import Plan
from ansinh.web import charts
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, province
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui import export
from ansinh.web.ui.tables import Column, Table

DEFAULT = "participants.total"


@rule("target.read")
def page(request: HttpRequest) -> HttpResponseBase:
    """Tiến độ: province → base offices → communes, by plan source, indicator and month."""
    actor, english = actor_of(request), get_language() == "en"
    asked = request.GET.get("don-vi", "")
    unit: Unit = access.unit(actor, int(asked)) if asked.isdigit() else province(request, "target.read")
    newest = months.current_month(province_of(unit)) or Month(2026, 1)
    month = month_of(request.GET["ky"]) if request.GET.get("ky") else newest
    source = request.GET.get("nguon") if request.GET.get("nguon") in Plan.Source.values else "vss"
    own = selectors.progress(unit=unit, month=month, source=source, level="self")
    codes = {row.indicator.code: row.indicator for row in own}
    code = request.GET.get("chi-tieu") if request.GET.get("chi-tieu") in codes else DEFAULT
    rows = selectors.progress(unit=unit, month=month, source=source, indicators=[code])
    table = _table(request, rows, english=english)
    if table.export_asked:
        return export.workbook(table)
    shown = [row for row in rows if row.unit.pk != unit.pk]
    communes: list[selectors.Progress] = []
    if unit.kind != Unit.Kind.COMMUNE:
        communes = selectors.progress(
            unit=unit, month=month, source=source, level="communes", indicators=[code]
        )
    groups = charts.groups_of(communes, english=english)
    context: dict[str, Any] = {
        "unit": unit,
        "month": month,
        "months": [Month.from_index(i) for i in range(newest.year * 12, newest.index + 1)],
        "source": source,
        "sources": Plan.Source.choices,
        "code": code,
        "indicators": [(c, i.name_en if english else i.name_vi) for c, i in codes.items()],
        "table": table,
        "overview": _svg(
            charts.progress_bars(
                [charts.bar_of(r, english=english, by="indicator") for r in own], title=_("Các chỉ tiêu")
            )
        ),
        "bars": _svg(
            charts.progress_bars([charts.bar_of(r, english=english) for r in shown], title=_("Theo đơn vị"))
        ),
        "tiles": _svg(charts.tiles(groups, title=_("Theo xã"))) if groups else "",
        "crumbs": _crumbs(unit, actor),
    }
    return render(request, "staff/targets.html", context)


@rule("target.read")
def figures(request: HttpRequest) -> HttpResponseBase:
    """Số liệu đã công bố: each identity and implied target, as `ansinh figures check` prints them."""
    checks = identities.checks(published.book())
    context = {
        "checks": checks,
        "held": sum(1 for c in checks if c.holds),
        "crumbs": [(_("Chỉ tiêu"), reverse("targets")), (_("Số liệu đã công bố"), "")],
    }
    return render(request, "staff/target_figures.html", context)


def _table(request: HttpRequest, rows: list[selectors.Progress], *, english: bool) -> Table:
    def share(value: Fraction | None) -> Fraction | None:
        return value

    return Table(
        request,
        name="targets",
        caption=_("Tiến độ theo đơn vị"),
        rows=rows,
        columns=[
            Column(
                "unit",
                _("Đơn vị"),
                value=lambda r: r.unit.name,
                frozen=True,
                url=lambda r: f"{reverse('targets')}?don-vi={r.unit.pk}",
            ),
            Column("actual", _("Thực hiện"), "number", value="actual", sort="actual"),
            Column("target", _("Chỉ tiêu"), "number", value="target", sort="target"),
            Column("share", _("Tỷ lệ"), "percent", value=lambda r: share(r.share), sort="share"),
            Column("gap", _("Còn thiếu"), "number", value="gap", sort="gap"),
            Column("ahead", _("So với tiến độ"), "percent", value=lambda r: share(r.ahead), sort="ahead"),
            Column(
                "forecast",
                _("Dự báo cuối năm"),
                "number",
                value=lambda r: r.forecast.amount if r.forecast else None,
                sort="forecast",
            ),
            Column(
                "method",
                _("Cách dự báo"),
                value=lambda r: (r.forecast.en if english else r.forecast.vi) if r.forecast else "",
                hidden=True,
            ),
            Column("as_of", _("Đến ngày"), "date", value="as_of"),
            Column(
                "status",
                _("Trạng thái"),
                "tag",
                value=lambda r: r.status.words[english],
                tone=lambda r: r.status.colour if r.status.colour != "none" else "",
            ),
        ],
        key=lambda r: r.unit.pk,
        page_size=100,
    )


def _crumbs(unit: Unit, actor: Any) -> list[tuple[str, str]]:
    above = [int(pk) for pk in unit.path.strip("/").split("/")][:-1]
    seen = access.units(actor).filter(pk__in=above).order_by("path")
    links = [(u.name, f"{reverse('targets')}?don-vi={u.pk}") for u in seen]
    return [(_("Chỉ tiêu"), reverse("targets")), *links, (unit.name, "")]


def _svg(text: str) -> SafeString:
    """A drawing of `web.charts`, which escapes every name it writes."""
    return SafeString(text)

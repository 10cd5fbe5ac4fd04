"""Phiên bản kế hoạch: targets, what does not add up, deciding, the xlsx table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.forms.intake.limits import check_size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.text import fold
from ansinh.office import hands
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.steering.targets import access, dictionary, plans, selectors, services, sheets
from ansinh.steering.targets.models import PlanVersion
from ansinh.steering.targets.plans import EDIT
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import english
from ansinh.web.staff.targets.plans import TONES, decision, problems_of, signatures, trail
from ansinh.web.ui import export
from ansinh.web.ui.export import XLSX
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Filter, Kind, Table

KINDS = {"province": gettext_lazy("Tỉnh"), "base_office": gettext_lazy("BHXH cơ sở"),
         "commune": gettext_lazy("Xã, phường, đặc khu")}  # fmt: skip

Ranges = dict[tuple[int, str], tuple[int, int]]
"""The least and the most a derived target can be, by unit and indicator."""


@dataclass(frozen=True)
class Row:
    """Một đơn vị với các chỉ tiêu năm được giao: by indicator code."""

    unit: Unit
    amounts: dict[str, int]


@dataclass(frozen=True)
class Left:
    """Chênh lệch giữa cấp trên và tổng cấp dưới."""

    unit: Unit
    indicator: str
    parent: int
    children: int
    reason: str

    @property
    def amount(self) -> int:
        """Positive: not passed on yet. Negative: more was passed on than given."""
        return self.parent - self.children


@rule("target.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Một phiên bản: its decision, targets of units in scope, and differences between levels."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    drawn = _table(request, actor, version)
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/targets/version.html", _context(actor, version, drawn, DecideForm()))


@rule("target.edit")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Quyết định một dự thảo: by somebody who wrote nothing of it; differences need a reason."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    form = DecideForm(request.POST)
    if form.is_valid():
        seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
        try:
            services.decide(actor=actor, version=version, seen=seen, reason=reason)
        except BilingualError as error:
            field = "reason" if error.code == "plan.gaps" else None
            form.add_error(field, problems_of(error))
        else:
            messages.success(request, _("Đã quyết định phiên bản %(n)s.") % {"n": version.number})
            return redirect("target_version", pk=pk)
    version = access.version(actor, pk)
    drawn = _table(request, actor, version)
    return render(request, "staff/targets/version.html", _context(actor, version, drawn, form))


@rule("target.edit")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Bỏ dự thảo: asks first, because nothing of it is kept."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    if request.method == "POST":
        try:
            services.drop(actor=actor, version=version, seen=request.POST.get("seen", ""))
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect("target_version", pk=pk)
        messages.success(request, _("Đã bỏ dự thảo."))
        return redirect("target_plan", pk=version.plan_id)
    context = {
        "version": version,
        "targets": version.targets.count(),
        "makers": makers(version),
        "seen": services.as_seen(version),
        "crumbs": trail(version, _("Bỏ dự thảo")),
    }
    return render(request, "staff/targets/drop.html", context)


@rule("target.read")
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Điều chỉnh so với phiên bản trước: what was added, changed or dropped, of units in scope."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    held = actor.paths(access.READ)
    drawn = Table(
        request,
        name=f"target-changes-{pk}",
        caption=_("Điều chỉnh của phiên bản %(n)s") % {"n": version.number},
        rows=[c for c in selectors.changes(version) if c.unit.path.startswith(held)],
        key=lambda c: (c.unit.pk, c.indicator.pk, c.month),
        empty=_("Không điều chỉnh chỉ tiêu nào"),
        columns=[
            Column("unit", _("Đơn vị"), value="unit.name", frozen=True),
            Column("indicator", _("Chỉ tiêu"), value=lambda c: _short(c.indicator)),
            Column("month", _("Tháng"), "month"),
            Column("before", _("Trước"), "number", sort="before"),
            Column("after", _("Sau"), "number", sort="after"),
            Column("change", _("Thay đổi"), "number", value=lambda c: (c.after or 0) - (c.before or 0),
                   sort="change"),
        ],
        filters=[Filter("tim", _("Đơn vị"), _named)],
    )  # fmt: skip
    if drawn.export_asked:
        return export.workbook(drawn)
    context = {"version": version, "table": drawn, "crumbs": trail(version, _("Điều chỉnh"))}
    return render(request, "staff/targets/changes.html", context)


class DecideForm(forms.Form):
    """Quyết định: the reason for differences, asked only where there are some."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do chênh lệch"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Cần khi tổng cấp dưới khác số giao cho cấp trên."),
    )


class UploadForm(forms.Form):
    """Nhận bảng giao chỉ tiêu."""

    file = forms.FileField(
        label=gettext_lazy("Bảng giao chỉ tiêu"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.csv"}),
    )

    def clean_file(self) -> Any:
        """Not larger than a workbook may be."""
        try:
            check_size(self.cleaned_data["file"].size)
        except BilingualError as error:
            raise forms.ValidationError(said(error)) from error
        return self.cleaned_data["file"]


@rule("target.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhận bảng xlsx: everything wrong is said by cell; nothing is written while something is wrong."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            read = sheets.read(given.read(), given.name, version)
            problems = _problems(actor, version, read)
            if not problems:
                done = services.cascade(actor=actor, version=version, allocations=read.allocations)
                messages.success(request, _("Đã ghi %(n)s chỉ tiêu vào dự thảo.") % {"n": done.written})
                return redirect("target_version", pk=pk)
        except BilingualError as error:
            form.add_error("file", problems_of(error))
    context = {
        "version": version,
        "form": form,
        "problems": problems,
        "crumbs": trail(version, _("Nhận bảng")),
    }
    return render(request, "staff/targets/upload.html", context)


def _problems(actor: Actor, version: PlanVersion, read: sheets.Read) -> list[dict[str, str]]:
    """What reading found by cell and what the plan refuses by row, together."""
    found = [{"cell": p.cell, "value": p.value, "words": p.en if english() else p.vi} for p in read.problems]
    for problem in plans.check(version, read.allocations, actor).problems:
        given = read.allocations[problem.position]
        found.append(
            {
                "cell": _("dòng %(row)s") % {"row": read.rows[problem.position]},
                "value": format_dong(given.amount),
                "words": problem.en if english() else problem.vi,
            }
        )
    return found


@rule("target.read")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Tải bảng giao chỉ tiêu: the table `upload` reads, of the units in scope."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    held = list(access.units(actor).filter(pk__in=access.targets(actor, version).values("unit")))
    if not held:
        held = list(access.units(actor).filter(pk=version.plan.unit_id))
    made = sheets.write(version, user=str(request.user), at=timezone.localtime(), units=held)
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = (
        f'attachment; filename="chi-tieu-{version.plan.year}-{version.number}.xlsx"'
    )
    return answer


def _context(actor: Actor, version: PlanVersion, drawn: Table, form: DecideForm) -> dict[str, Any]:
    is_draft = version.state == PlanVersion.State.DRAFT
    reach = any(version.plan.unit.path.startswith(p) or p.startswith(version.plan.unit.path)
                for p in actor.paths(EDIT))  # fmt: skip
    decides = version.decided_by.path.startswith(actor.paths(EDIT))
    signed = signatures(version)
    return {
        "version": version,
        "decision": decision(version),
        "tone": TONES[version.state],
        "table": drawn,
        "left": _left(actor, version),
        "makers": makers(version),
        "seen": services.as_seen(version) if is_draft else "",
        "form": form,
        "is_draft": is_draft,
        "may_edit": is_draft and reach,
        "may_drop": is_draft and decides,
        "may_decide": is_draft and decides,
        "prepared": signed["prepared"],
        "signed": signed["signed"],
        "reason": _why_not(actor, version) if is_draft else "",
        "crumbs": [*trail(version, "")[:-2], (_("Phiên bản %(n)s") % {"n": version.number}, "")],
    }


def _why_not(actor: Actor, version: PlanVersion) -> str:
    """Why this officer cannot decide; empty when they can."""
    if not version.decided_by.path.startswith(actor.paths(EDIT)):
        return _("Ông/bà không có quyền quyết định ở %(unit)s.") % {"unit": version.decided_by}
    if hands.made(actor, services.THING, version.pk):
        return _("Ông/bà đã lập hoặc ghi chỉ tiêu vào dự thảo này, người khác phải quyết định.")
    return ""


def makers(version: PlanVersion) -> list[tuple[str, str]]:
    """Ai đã lập, ghi chỉ tiêu: each once, with what they did."""
    acts = {"draft": _("lập dự thảo"), "cascade": _("ghi chỉ tiêu")}
    done = [h for h in hands.of(services.THING, version.pk) if h.part == hands.Part.MAKER]
    return list(dict.fromkeys((str(h.user), acts.get(h.act, h.act)) for h in done))


def _left(actor: Actor, version: PlanVersion) -> list[Left]:
    """Chênh lệch: as they stand in a draft, as decided with the reason otherwise."""
    names = {
        i.pk: _short(i)
        for i in {
            t.indicator
            for t in access.targets(actor, version).distinct("indicator_id").order_by("indicator_id")
        }
    }
    if version.state == PlanVersion.State.DRAFT:
        found = plans.gaps(version)
        units = access.units(actor).in_bulk({gap.unit_id for gap in found})
        return [
            Left(units[g.unit_id], names.get(g.indicator_id, ""), g.parent_amount, g.children_amount, "")
            for g in found
            if g.unit_id in units
        ]
    held = actor.paths(access.READ)
    return [
        Left(d.unit, _short(d.indicator), d.parent_amount, d.children_amount, d.reason)
        for d in selectors.differences(version)
        if d.unit.path.startswith(held)
    ]


def _short(indicator: Any) -> str:
    return str(indicator.name_en if english() else indicator.short_vi)


def _table(request: HttpRequest, actor: Actor, version: PlanVersion) -> Table:
    """Bảng chỉ tiêu năm: a row a unit, a column an indicator, two more for an interval."""
    amounts: dict[int, Row] = {}
    ranges: Ranges = {}
    for target in access.targets(actor, version).filter(month=None):
        row = amounts.setdefault(target.unit_id, Row(target.unit, {}))
        row.amounts[target.indicator.code] = target.amount
        if target.low is not None and target.high is not None:
            ranges[target.unit_id, target.indicator.code] = (target.low, target.high)
    used = {code for row in amounts.values() for code in row.amounts}
    columns: list[Column] = []
    for code, entry in dictionary.entries().items():
        if code in used:
            columns += _columns(code, entry, ranges if version.derived else None)
    return Table(
        request,
        name=f"targets-{version.pk}",
        caption=_("Chỉ tiêu giao năm %(year)s") % {"year": version.plan.year},
        rows=_by_place(amounts),
        key=lambda r: r.unit.pk,
        page_size=100,
        empty=_("Chưa giao chỉ tiêu nào"),
        columns=[
            Column("unit", _("Đơn vị"), value="unit.name", frozen=True),
            Column("kind", _("Cấp"), value=lambda r: str(KINDS.get(r.unit.kind, r.unit.get_kind_display()))),
            Column("code", _("Mã đơn vị"), "code", value="unit.code", hidden=True),
            *columns,
        ],
        filters=[
            Filter("tim", _("Tên đơn vị"), _named),
            Filter("cap", _("Cấp"), lambda rows, v: [r for r in rows if r.unit.kind == v], "choice",
                   list(KINDS.items())),
        ],
    )  # fmt: skip


def _by_place(found: dict[int, Row]) -> list[Row]:
    """Each unit before those below it, in Vietnamese order at every level."""
    names = {pk: row.unit.name_sort for pk, row in found.items()}
    return sorted(
        found.values(), key=lambda row: [names.get(int(pk), "") for pk in row.unit.path.strip("/").split("/")]
    )


def _columns(code: str, entry: Any, ranges: Ranges | None) -> Iterable[Column]:
    kind: Kind = "money" if entry.measure == "money" else "number"
    name = entry.name_en if english() else entry.short_vi
    yield Column(code, name, kind, value=lambda r: r.amounts.get(code), sort=code)
    if ranges is not None:
        yield Column(f"{code}-low", f"{name}, {_('ít nhất')}", kind, value=_end(ranges, code, 0))
        yield Column(f"{code}-high", f"{name}, {_('nhiều nhất')}", kind, value=_end(ranges, code, 1))


def _end(ranges: Ranges, code: str, end: int) -> Callable[[Row], int | None]:
    return lambda row: ranges[row.unit.pk, code][end] if (row.unit.pk, code) in ranges else None


def _named(rows: Sequence[Any], text: str) -> list[Any]:
    return [row for row in rows if fold(text) in row.unit.name_fold]

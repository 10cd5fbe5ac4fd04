"""Kế hoạch chỉ tiêu: plans of both sources, their versions and decisions, drafting the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.steering.targets import access, selectors, services
from ansinh.steering.targets.models import Plan, PlanVersion
from ansinh.steering.targets.plans import EDIT, PlanError
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import english
from ansinh.web.ui import export
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.fields import DateField, NumberField, said
from ansinh.web.ui.tables import Column, Table, choice

TONES = {"draft": "yellow", "decided": "green"}
PLANNERS = (Unit.Kind.VSS, Unit.Kind.PROVINCE, Unit.Kind.BASE_OFFICE)


class OpenForm(forms.Form):
    """Mở kế hoạch năm."""

    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(None, label=gettext_lazy("Đơn vị"))
    year = NumberField(label=gettext_lazy("Năm"), max_length=4)
    source = forms.ChoiceField(label=gettext_lazy("Nguồn giao"), choices=Plan.Source.choices)

    def clean_year(self) -> int:
        """A year that plans are kept for."""
        year: int = self.cleaned_data["year"]
        if not 1995 <= year <= 2100:
            raise forms.ValidationError(_("Năm phải từ 1995 đến 2100."))
        return year


class DraftForm(forms.Form):
    """Lập dự thảo quyết định giao, điều chỉnh."""

    decision = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
    decided_on = DateField(label=gettext_lazy("Ngày quyết định"))
    decided_by: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        None, label=gettext_lazy("Đơn vị quyết định")
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)


@rule("target.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Các kế hoạch trong phạm vi và của cấp trên; opening the plan of a year."""
    actor = actor_of(request)
    drawn = Table(
        request,
        name="target-plans",
        caption=_("Kế hoạch chỉ tiêu"),
        rows=access.plans(actor).prefetch_related("versions"),
        empty=_("Chưa có kế hoạch nào"),
        columns=[
            Column(
                "unit",
                _("Đơn vị"),
                value="unit.name",
                sort="unit__name_sort",
                frozen=True,
                url=link("target_plan"),
            ),
            Column("year", _("Năm"), "code", value=lambda p: str(p.year), sort="year"),
            Column("source", _("Nguồn giao"), value=display("source"), sort="source"),
            Column("decision", _("Quyết định hiện hành"), value=lambda p: decision(_in_force(p))),
            Column(
                "decided_on",
                _("Ngày"),
                "date",
                value=lambda p: v.decided_on if (v := _in_force(p)) else None,
            ),
            Column("versions", _("Số phiên bản"), "number", value=lambda p: len(p.versions.all())),
            Column(
                "draft",
                _("Dự thảo"),
                "tag",
                value=lambda p: _("Đang có dự thảo") if _draft(p) else None,
                tone=lambda _p: "yellow",
            ),
        ],
        filters=[choice("nguon", _("Nguồn giao"), Plan.Source.choices, "source")],
        sort="-year",
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    form = _open_form(request, actor) if actor.somewhere(EDIT) else None
    if form is not None and form.is_bound and form.is_valid():
        plan = services.open_plan(actor=actor, **form.cleaned_data)
        messages.success(request, _("Đã mở kế hoạch; lập dự thảo để giao chỉ tiêu."))
        return redirect("target_plan", pk=plan.pk)
    context = {"table": drawn, "form": form, "crumbs": [*crumbs(), (_("Kế hoạch"), "")]}
    return render(request, "staff/targets/plans.html", context)


@rule("target.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một kế hoạch: every version with its decision, newest first; drafting the next one."""
    actor = actor_of(request)
    plan = access.plan(actor, pk)
    versions = list(selectors.versions(plan))
    drafts = any(v.state == PlanVersion.State.DRAFT for v in versions)
    may_edit = actor.may(EDIT, at=plan) or any(p.startswith(plan.unit.path) for p in actor.paths(EDIT))
    form = _draft_form(request, actor, plan) if may_edit and not drafts else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            version = services.draft(actor=actor, plan=plan, **form.cleaned_data)
        except PlanError as error:
            for words in problems_of(error):
                form.add_error(None, words)
        else:
            messages.success(request, _("Đã lập dự thảo, chép các chỉ tiêu đang có hiệu lực."))
            return redirect("target_version", pk=version.pk)
    context = {
        "plan": plan,
        "versions": [
            {"version": v, "decision": decision(v), "tone": TONES[v.state], "facts": signatures(v)}
            for v in versions
        ],
        "form": form,
        "drafts": drafts,
        "may_edit": may_edit,
        "crumbs": [*crumbs(), (_("Kế hoạch"), reverse("target_plans")), (str(plan), "")],
    }
    return render(request, "staff/targets/plan.html", context)


def crumbs() -> list[tuple[str, str]]:
    """Where every page of plans stands."""
    return [(_("Chỉ tiêu"), reverse("targets"))]


def trail(version: PlanVersion, here: str) -> list[tuple[str, str]]:
    """Where a page of a version stands."""
    plan = version.plan
    return [
        *crumbs(),
        (_("Kế hoạch"), reverse("target_plans")),
        (str(plan), reverse("target_plan", args=[plan.pk])),
        (_("Phiên bản %(n)s") % {"n": version.number}, reverse("target_version", args=[version.pk])),
        (here, ""),
    ]


def decision(version: PlanVersion | None) -> str | None:
    """Số quyết định: if there is none, worked back from what was published."""
    if version is None:
        return None
    return version.decision or _("Suy ra từ số đã công bố")


def signatures(version: PlanVersion) -> dict[str, Any]:
    """Ai lập, ai quyết định: as the sign bar draws them."""
    prepared, sealed = version.prepared_by, version.sealed_by
    return {
        "prepared": {"name": prepared.full_name, "at": version.prepared_at} if prepared else None,
        "signed": {"name": sealed.full_name, "at": version.sealed_at} if sealed else None,
    }


def _in_force(plan: Plan) -> PlanVersion | None:
    decided = [v for v in plan.versions.all() if v.state == PlanVersion.State.DECIDED]
    return max(decided, key=lambda v: v.number, default=None)


def _draft(plan: Plan) -> bool:
    return any(v.state == PlanVersion.State.DRAFT for v in plan.versions.all())


def _open_form(request: HttpRequest, actor: Actor) -> OpenForm:
    form = OpenForm(request.POST or None, initial={"year": timezone.localdate().year})
    form.fields["unit"].queryset = (  # type: ignore[attr-defined]
        access.units(actor)
        .filter(actor.within(EDIT, "path"), kind__in=PLANNERS, valid_to=None)
        .order_by("path")
    )
    return form


def _draft_form(request: HttpRequest, actor: Actor, plan: Plan) -> DraftForm:
    form = DraftForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    above = [int(pk) for pk in plan.unit.path.strip("/").split("/")]
    held = access.units(actor).filter(actor.within(EDIT, "path"), kind__in=PLANNERS)
    deciding = held.filter(path__startswith=plan.unit.path) | held.filter(pk__in=above)
    form.fields["decided_by"].queryset = deciding.order_by("path")  # type: ignore[attr-defined]
    return form


def problems_of(error: BilingualError) -> list[str]:
    """Everything a service found wrong, in the reader's language."""
    found = getattr(error, "problems", ())
    return [p.en if english() else p.vi for p in found] or [said(error)]

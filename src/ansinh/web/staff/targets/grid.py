"""Lưới giao chỉ tiêu: one indicator of one unit, a box a child, a proposed split, all errors at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong, parse_dong
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.steering.targets import access, dictionary, plans, proposals, services
from ansinh.steering.targets.models import PlanVersion
from ansinh.steering.targets.plans import EDIT, Allocation, PlanError
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import english
from ansinh.web.staff.targets.plans import trail
from ansinh.web.ui.fields import said

METHODS = {
    "population": gettext_lazy("Theo số dân trên sổ"),
    "actual": gettext_lazy("Theo số đã thực hiện"),
    "potential": gettext_lazy("Theo tiềm năng chưa tham gia"),
}


@rule("target.edit")
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Giao xuống cấp dưới: one indicator of one unit, a box a child, with a proposed split to start from."""
    actor, version = actor_of(request), access.version(actor_of(request), pk)
    if version.state != PlanVersion.State.DRAFT:
        raise Http404
    parent, code = _asked(request, actor, version)
    grid = _Grid(actor, version, parent, code)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        errors = grid.take(request.POST.dict())
        if not errors and request.POST.get("action") == "save":
            try:
                services.cascade(actor=actor, version=version, allocations=grid.allocations())
            except PlanError as error:
                errors = grid.refused(error)
            else:
                messages.success(request, _("Đã lưu phân bổ vào dự thảo."))
                return redirect(f"{reverse('target_allocate', args=[pk])}?don-vi={parent.pk}&chi-tieu={code}")
    elif request.GET.get("cach"):
        errors = grid.propose(request.GET["cach"])
    context = {
        "version": version,
        "grid": grid,
        "errors": errors,
        "page_errors": bool(errors),
        "methods": [(m, METHODS[m]) for m in proposals.METHODS],
        "method": request.GET.get("cach", ""),
        "parents": _parents(actor, version),
        "indicators": [(e.code, e.name_en if english() else e.name_vi)
                       for e in dictionary.entries().values() if e.planned],
        "crumbs": trail(version, _("Giao chỉ tiêu")),
    }  # fmt: skip
    return render(request, "staff/targets/allocate.html", context)


def _asked(request: HttpRequest, actor: Actor, version: PlanVersion) -> tuple[Unit, str]:
    code = request.GET.get("chi-tieu") or next(c for c, e in dictionary.entries().items() if e.planned)
    asked, parents = request.GET.get("don-vi", ""), _parents(actor, version)
    parent = next((u for u in parents if str(u.pk) == asked), None) if asked else next(iter(parents), None)
    if parent is None or code not in dictionary.entries() or not dictionary.entries()[code].planned:
        raise Http404
    return parent, code


def _parents(actor: Actor, version: PlanVersion) -> list[Unit]:
    """Units that pass targets on, within the plan and the actor's scope."""
    found = access.units(actor).filter(actor.within(EDIT, "path"), path__startswith=version.plan.unit.path)
    levels = found.filter(kind__in=[Unit.Kind.VSS, Unit.Kind.PROVINCE, Unit.Kind.BASE_OFFICE])
    lasting = [unit for unit in levels.order_by("name_sort") if plans.lasts(unit, version.plan.year)]
    return sorted(lasting, key=lambda unit: unit.path.count("/"))


class _Grid:
    """Lưới giao: the parent's target on top, a box for each child, what is left over."""

    def __init__(self, actor: Actor, version: PlanVersion, parent: Unit, code: str) -> None:
        self.version, self.parent, self.code = version, parent, code
        self.indicator = dictionary.entries()[code]
        self.own = parent.pk == version.plan.unit_id
        children = access.units(actor).filter(parent=parent).order_by("name_sort")
        self.children = [unit for unit in children if plans.lasts(unit, version.plan.year)]
        units = [parent, *self.children]
        given = dict(
            version.targets.filter(indicator__code=code, unit__in=units, month=None).values_list(
                "unit_id", "amount"
            )
        )
        self.actual = proposals.latest(units, code)
        self.amounts: dict[int, int | None] = {unit.pk: given.get(unit.pk) for unit in units}
        self.typed: dict[int, str] = {}
        self.errors: dict[int, str] = {}

    @property
    def boxes(self) -> list[Unit]:
        """Units whose amount is typed here; a unit's own target comes from above, but for the plan's unit."""
        return [self.parent, *self.children] if self.own else self.children

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The grid as drawn: the parent first."""
        return [
            {
                "unit": unit,
                "typed": unit in self.boxes,
                "top": unit.pk == self.parent.pk,
                "value": self.typed.get(unit.pk, _written(self.amounts[unit.pk])),
                "amount": self.amounts[unit.pk],
                "actual": self.actual.get(unit.pk),
                "error": self.errors.get(unit.pk, ""),
            }
            for unit in [self.parent, *self.children]
        ]

    @property
    def sum(self) -> int:
        """Tổng giao cho cấp dưới."""
        return sum(self.amounts[child.pk] or 0 for child in self.children)

    @property
    def left(self) -> int | None:
        """Còn chưa giao; negative when more was given than there is."""
        given = self.amounts[self.parent.pk]
        return None if given is None else given - self.sum

    def take(self, posted: dict[str, str]) -> list[dict[str, str]]:
        """Read every box; all that cannot be read is said at once."""
        for unit in self.boxes:
            if f"u{unit.pk}" not in posted:
                continue
            text = posted[f"u{unit.pk}"].strip()
            self.typed[unit.pk] = text
            if not text and self.amounts[unit.pk] is not None:
                self.errors[unit.pk] = _("Đang có số giao; ghi 0 nếu không giao nữa.")
                continue
            try:
                amount = parse_dong(text) if text else None
            except BilingualError as error:
                self.errors[unit.pk] = said(error)
            else:
                self.amounts[unit.pk] = amount
        return self._links()

    def allocations(self) -> list[Allocation]:
        """The boxes filled in; an empty one changes nothing."""
        filled = [(unit, self.amounts[unit.pk]) for unit in self.boxes if self.typed.get(unit.pk)]
        return [Allocation(self.code, unit.pk, amount) for unit, amount in filled if amount is not None]

    def refused(self, error: PlanError) -> list[dict[str, str]]:
        """What the plan refuses, beside its box."""
        given = self.allocations()
        loose = []
        for problem in error.problems:
            said_so = problem.en if english() else problem.vi
            if problem.position >= 0:
                self.errors[given[problem.position].unit_id] = said_so
            else:
                loose.append({"text": said_so})
        return (self._links() + loose) or [{"text": said(error)}]

    def propose(self, method: str) -> list[dict[str, str]]:
        """Fill the boxes of the children with a proposed split; nothing is saved."""
        try:
            split = services.propose(
                version=self.version,
                indicator=self.code,
                method=cast("proposals.Method", method),
                parent=self.parent,
            )
        except PlanError as error:
            return [{"text": said(error)}]
        self.amounts |= {p.unit.pk: p.amount for p in split if p.unit.pk in self.amounts}
        return []

    def _links(self) -> list[dict[str, str]]:
        names = {unit.pk: unit.name for unit in self.boxes}
        return [{"href": f"#u{pk}", "text": f"{names[pk]}: {words}"} for pk, words in self.errors.items()]


def _written(amount: int | None) -> str:
    return "" if amount is None else format_dong(amount)

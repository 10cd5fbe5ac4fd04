"""Đề xuất phân bổ: a unit's target split among the units below it, whole numbers that add up to it exactly.

By *population*: people on the register, as they live there. By *actual*: what each achieved last. By
*potential*: what each already has, and of what is missing a part in proportion to its people not yet covered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ansinh.kernel.months import Month
from ansinh.kernel.shares import split
from ansinh.office.models import Unit
from ansinh.registers.measures import population
from ansinh.steering.targets.models import Figure, PlanVersion
from ansinh.steering.targets.plans import Allocation, PlanError

Method = Literal["population", "actual", "potential"]
METHODS: tuple[Method, ...] = ("population", "actual", "potential")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Một dòng đề xuất: the unit, what its part was worked out from, and the whole amount."""

    unit: Unit
    weight: Fraction
    allocation: Allocation

    @property
    def amount(self) -> int:
        """The amount proposed."""
        return self.allocation.amount


def propose(
    *, version: PlanVersion, indicator: str, method: Method, parent: Unit, month: Month | None = None
) -> list[Proposal]:
    """Đề xuất: for the children of `parent` that exist in the plan's year, in order of name.

    Raises `PlanError`: ``proposal.method``; ``proposal.target`` when the parent has no such target;
    ``proposal.weights`` when the record holds nothing to split by.
    """
    if method not in METHODS:
        raise PlanError(f"Cách phân bổ lạ: {method}", f"Unknown method: {method}", code="proposal.method")
    index = month.index if month else None
    target = version.targets.filter(indicator__code=indicator, unit=parent, month=index).first()
    if target is None:
        raise PlanError(
            f"{parent} chưa được giao chỉ tiêu này", f"{parent} has no such target", code="proposal.target"
        )
    year = version.plan.year
    children = list(
        Unit.objects.filter(parent=parent, valid_from__lte=f"{year}-12-31")
        .exclude(valid_to__lt=f"{year}-01-01")
        .order_by("name_sort")
    )
    people = population([c.pk for c in children]) if method != "actual" else {}
    actual = latest(children, indicator) if method != "population" else {}
    weights, amounts = _parts(target.amount, children, people, actual, method)
    return [
        Proposal(child, weight, Allocation(indicator, child.pk, amount, index))
        for child, weight, amount in zip(children, weights, amounts, strict=True)
    ]


def _parts(
    total: int,
    children: Sequence[Unit],
    people: Mapping[int, int],
    actual: Mapping[int, int],
    method: Method,
) -> tuple[list[Fraction], list[int]]:
    have = [actual.get(child.pk, 0) for child in children]
    if method == "population":
        base, weights = [0] * len(children), [people.get(child.pk, 0) for child in children]
    elif method == "actual" or total <= sum(have):
        # with less to give than there is, everybody keeps the same part of what they have
        base, weights = [0] * len(children), have
    else:
        base = have
        weights = [max(0, people.get(c.pk, 0) - h) for c, h in zip(children, have, strict=True)]
    left = total - sum(base)
    if left and not sum(weights):
        raise PlanError(
            "Chưa có số liệu để phân bổ theo cách này",
            "The record holds nothing to split by in this way",
            code="proposal.weights",
        )
    return [Fraction(w) for w in weights], [b + p for b, p in zip(base, split(left, weights), strict=True)]


def latest(units: Sequence[Unit], indicator: str) -> dict[int, int]:
    """Số thực hiện mới nhất theo đơn vị: of whatever month was measured last."""
    rows = (
        Figure.objects.filter(indicator__code=indicator, unit__in=units)
        .order_by("unit_id", "-period_to", "origin", "-id")
        .distinct("unit_id")
    )
    return dict(rows.values_list("unit_id", "amount"))

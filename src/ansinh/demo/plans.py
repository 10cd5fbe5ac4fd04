"""Chỉ tiêu trình diễn: plans of the year, split to offices and communes, and what each month reached.

The ratios of target to participants are those implied by the figures published for Lạng Sơn in 2023 (91.32 %
of the target for all participants, 75.6 % voluntary, 91.7 % health); the plans themselves are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.office.models import Unit
from ansinh.steering.targets import measuring, services
from ansinh.steering.targets.models import Figure
from ansinh.steering.targets.plans import Allocation
from ansinh.steering.targets.proposals import Method

REACHED = {
    "participants.total": Fraction("0.9132"),
    "participants.compulsory": Fraction("0.9658"),
    "participants.unemployment": Fraction("0.9672"),
    "participants.voluntary": Fraction("0.756"),
    "participants.health": Fraction("0.917"),
}
# six months' money against a year's plan, behind the linear pace as the published figure was
MONEY = Fraction("0.44")
DECISIONS = {"vss": "12/QĐ-BHXH", "government": "5/NQ-HĐND"}
SPLITS = len(DECISIONS) * (len(REACHED) + 1)


def measure(province: Unit, month: Month) -> dict[str, Any]:
    """What a month reached, by unit."""
    return dict(measuring.run_now(actor=None, unit=province, month=month).result)


def plan(province: Unit, month: Month, report: Callable[[str, int], None]) -> dict[str, Any]:
    """Plans of both sources for the year, split from the province to its offices and their communes.

    `report(source, 1)` is told for each indicator split to the end; `SPLITS` are at most to come.
    """
    services.load_published()
    reached = {
        f.indicator.code: f.amount
        for f in Figure.objects.filter(unit=province, as_of=month.last_day).select_related("indicator")
    }
    written = 0
    for source, decision in DECISIONS.items():
        opened = services.open_plan(actor=None, unit=province, year=month.year, source=source)
        version = services.draft(
            actor=None,
            plan=opened,
            decision=decision,
            decided_on=date(month.year, 1, 15),
            decided_by=province,
        )
        wanted = {
            code: half_up(reached[code] / share) for code, share in REACHED.items() if reached.get(code)
        }
        if reached.get("collection.money"):
            wanted["collection.money"] = half_up(reached["collection.money"] / MONEY)
        top = [Allocation(code, province.pk, amount) for code, amount in wanted.items()]
        written += services.cascade(actor=None, version=version, allocations=top).written
        for code in wanted:
            method: Method = "actual" if code == "collection.money" else "population"
            offices = services.propose(version=version, indicator=code, method=method, parent=province)
            rows = [p.allocation for p in offices]
            written += services.cascade(actor=None, version=version, allocations=rows).written
            # money is collected by offices, not by communes
            for office in offices if code != "collection.money" else ():
                parts = services.propose(version=version, indicator=code, method=method, parent=office.unit)
                rows = [p.allocation for p in parts]
                written += services.cascade(actor=None, version=version, allocations=rows).written
            report(source, 1)
        services.decide(actor=None, seen=None, version=version, reason="Phân bổ theo dân số")
    return {"targets": written}

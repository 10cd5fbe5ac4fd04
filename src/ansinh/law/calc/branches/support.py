"""Các bộ tính ``support.*``: one for each package of `ansinh.law.support.PACKAGES`."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from ansinh.law.calc.contract import calculators
from ansinh.law.calc.facts import FactError, Facts
from ansinh.law.engine import NotInForce
from ansinh.law.support import BOOK, PACKAGES, Claimant, Status

__all__ = ["RULES", "support"]

Results = dict[str, Any]


def support(name: str, as_of: date, facts: Facts) -> Results:
    """Hỗ trợ một lần theo gói `name`: the reason of refusal, or the amount of the tier.

    Who gives no status but the day a contract ended has stopped.
    """
    slots = calculators()[f"support.{name}"].facts
    if "status" not in facts and "terminated" not in facts:
        raise FactError.missing(slots["status"])
    status = Status(facts.get("status", Status.STOPPED))
    if status == Status.STOPPED and "terminated" not in facts:
        raise FactError.missing(slots["terminated"])
    clause = PACKAGES[name]
    if as_of not in clause.period:
        raise NotInForce(clause.id, as_of)
    found = clause(
        Claimant(
            ui_months=facts["ui_months"],
            status=status,
            terminated=facts.get("terminated"),
            state_funded_employer=facts.get("state_funded_employer", False),
            receives_pension=facts.get("receives_pension", False),
        ),
        BOOK.on(as_of),
    )
    if found.reason:
        return {"eligible": False, "reason": found.reason}
    return {"eligible": True, "amount": found.amount}


RULES: dict[str, Callable[[date, Facts], Results]] = {
    f"support.{name}": partial(support, name) for name in PACKAGES
}

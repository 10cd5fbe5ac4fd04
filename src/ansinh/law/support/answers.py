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

    The day on which a contract ended is not asked of a pensioner, whom no day would help.
    """
    slots = calculators()[f"support.{name}"].facts
    status = _status(facts)
    if status is None:
        raise FactError.missing(slots["status"])
    if status == Status.STOPPED and "terminated" not in facts and not facts.get("receives_pension"):
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


def _status(facts: Facts) -> Status | None:
    """Tình trạng tham gia: told, or known from an ended contract or from the employer still worked for."""
    if "status" in facts:
        return Status(facts["status"])
    if "terminated" in facts:
        return Status.STOPPED
    return Status.INSURED if facts.get("state_funded_employer") else None


RULES: dict[str, Callable[[date, Facts], Results]] = {
    f"support.{name}": partial(support, name) for name in PACKAGES
}

"""Trợ cấp một lần khi sinh con, nhận con; trợ cấp thai sản tự nguyện."""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.law.calc.facts import Facts
from ansinh.law.careers import Scheme, contributed_months
from ansinh.law.careers.readings import career
from ansinh.law.maternity import Claimant, Entitlement, Event, grants
from ansinh.law.maternity.answers.case import Case

__all__ = ["lump_sum", "voluntary_grant"]

Results = dict[str, Any]

USUAL_EVENT = {
    Claimant.MOTHER: Event.BIRTH,
    Claimant.FATHER: Event.WIFE_BIRTH,
    Claimant.INTENDED_FATHER: Event.SURROGATE_HANDOVER,
}


def lump_sum(as_of: date, facts: Facts) -> Results:
    """Trợ cấp một lần: to the mother, or to the father where she has no right of her own."""
    case = Case("maternity.lump_sum", as_of, facts)
    covered = case.covered()
    if not covered.eligible:
        return _verdict(covered)
    claimant = Claimant(facts["claimant"])
    event = Event(facts.get("event", USUAL_EVENT[claimant]))
    mother_eligible: bool | None = facts.get("mother_eligible")
    of_the_father = claimant != Claimant.MOTHER and event not in grants.OWN_RIGHT
    if of_the_father and mother_eligible is None:
        raise case.missing("mother_eligible")
    verdict = grants.grant_order.on(case.day)(claimant, event, mother_eligible)
    results: Results = {}
    known = of_the_father and not verdict.eligible
    if verdict.eligible and not of_the_father and mother_eligible is not None:
        verdict, known = grants.mother_entitled.on(case.day)(mother_eligible), True
    # An unknown day of birth leaves the window open; it is asked for only where the right hangs on it.
    recorded = None if case.month is None else case.contributions
    if recorded is not None and (not known or len(case.lates()) == 1):
        window = case.window(case.scale.window_months)
        counted = recorded.within(window.first, window.last)
        results |= {"window_from": window.first, "window_to": window.last, "months_in_window": counted}
        if not known:
            verdict, known = case.entitled(counted, case.scale.least_months), True
    if known:
        results |= _verdict(verdict)
        if not verdict.eligible:
            return results
    multiple = grants.grant_multiple.on(case.day)(case.children, case.scale)
    amount = grants.grant_amount.on(case.day)(multiple, case.scale)
    return results | {"multiple": Fraction(multiple), "amount": amount}


def voluntary_grant(as_of: date, facts: Facts) -> Results:
    """Trợ cấp thai sản tự nguyện: 6 months of either scheme, and no right in the compulsory one."""
    case = Case("maternity.voluntary_grant", as_of, facts)
    window = case.window(case.scale.window_months)
    known = career(facts)
    counted = set() if known is None else {m for scheme in Scheme for m in contributed_months(known, scheme)}
    months = sum(window.first <= month <= window.last for month in counted)
    compulsory = facts.get("compulsory_right", False)
    if case.contributions is not None and not compulsory:
        own = case.contributions.within(window.first, window.last)
        compulsory = case.entitled(own, case.scale.least_months).eligible
    verdict = grants.voluntary_condition.on(case.day)(months, compulsory, case.scale)
    results: Results = {
        "window_from": window.first,
        "window_to": window.last,
        "months_in_window": months,
        **_verdict(verdict),
    }
    if verdict.eligible:
        results["amount"] = grants.voluntary_grant.on(case.day)(case.children, case.scale)
    return results


def _verdict(verdict: Entitlement) -> Results:
    return {"eligible": verdict.eligible} | ({"reason": verdict.reason} if verdict.reason else {})

"""Các bộ tính ``coverage.*``: facts to the clauses of the agreement with Korea, results back by name."""

from datetime import date
from typing import Any

from ansinh.law import coverage
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.coverage import Country, Posting, Worker

__all__ = ["RULES", "certificate", "totalisation"]

Results = dict[str, Any]


def certificate(as_of: date, facts: Facts) -> Results:
    """Giấy chứng nhận: by the agreement in effect on ``as_of``, the day of the application."""
    worker = Worker[facts["worker"].upper()]
    local = worker == Worker.VIETNAMESE_HIRED_IN_KOREA
    extension: bool = facts.get("extension", False)
    needed = [] if local else ["insured_at_home", *(["same_employer"] if extension else [])]
    absent = [name for name in needed if name not in facts]
    if absent:
        raise FactError.missing(*(_slot(name) for name in absent))
    sent: date = facts["sent"]
    first: date = facts.get("from", sent)
    if first < sent:
        raise fault("from", "trước ngày bắt đầu đợt", "is before the posting began", "order")
    if facts["until"] < first:
        raise fault("until", "trước ngày đầu", "is before the first day", "order")
    posting = Posting(
        worker=worker,
        sent=sent,
        first=first,
        until=facts["until"],
        insured=facts.get("insured_at_home", False),
        same_employer=facts.get("same_employer", True),
        extension=extension,
    )
    scale = coverage.BOOK.on(as_of)
    months = coverage.certificate_months(worker, extension, scale)
    found = coverage.certificate(posting, coverage.count_from(sent, scale), months)
    if not found.eligible:
        refused: Results = {"eligible": False, "reason": found.reason}
        return refused | ({"legislation": _country(coverage.home_country(worker))} if local else {})
    return {
        "eligible": True,
        "legislation": _country(coverage.home_country(worker)),
        "certificate_from": found.certificate_from,
        "certificate_to": found.certificate_to,
        "max_months": months,
        "latest_day": found.latest_day,
    }


def totalisation(as_of: date, facts: Facts) -> Results:
    """Cộng gộp: by the law of ``as_of``, for the benefit of one of the two countries."""
    country = Country[facts.get("country", "vietnam").upper()]
    scale = coverage.BOOK.on(as_of)
    months = facts["vietnam_months"], facts["korea_months"]
    own, other = months if country == Country.VIETNAM else months[::-1]
    required = coverage.required_months(country, facts.get("benefit") == "survivors", scale)
    found = coverage.totalised.on(as_of)(own, other, required, scale)
    results: Results = {
        "eligible": found.eligible,
        "totalised": found.totalised,
        "required_months": required,
        "condition_months": found.condition_months,
    }
    if not found.eligible:
        return results | {"reason": found.reason}
    return results | {"benefit_months": own}


def _country(code: int) -> str:
    return Country(code).name.lower()


def _slot(name: str) -> Slot:
    return calculators()["coverage.certificate"].facts[name]


RULES = {"coverage.certificate": certificate, "coverage.totalisation": totalisation}

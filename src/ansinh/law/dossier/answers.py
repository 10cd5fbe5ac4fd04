"""Bộ tính ``dossier.clock``: facts of a dossier to its last days, by the law of the day it was received."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ansinh.kernel.workdays import NOTHING, OFFICE, Announced, Announcement
from ansinh.law import dossier
from ansinh.law.calc.contract import slot
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault

__all__ = ["RULES", "clock"]

Results = dict[str, Any]

SOURCE = "thông báo ghi trong hồ sơ"


def clock(_as_of: date, facts: Facts) -> Results:
    """Thời hạn của hồ sơ: a dossier keeps the law of the day it was received on, whenever it is asked about.

    A clock that stands has no last day; ``waiting`` and ``days_left`` tell what is left of it.
    """
    matter, told = _matter(facts), _told(facts)
    found = dossier.due(
        facts["procedure"].strip(),
        facts["received_on"],
        filed_by=facts.get("filed_by"),
        after=facts.get("after"),
        verified=facts.get("verified", False),
        waits=_waits(facts),
        told=told,
    )
    results = {
        "law_due_on": found.law_due_on,
        "announced_due_on": found.announced_due_on,
        "counting": None if found.counting is None else found.counting.value,
        "waiting": True if found.days_left is not None else None,
        "days_left": found.days_left,
        **dict(_limits(matter, facts, told)),
    }
    return {name: value for name, value in results.items() if value is not None}


def _matter(facts: Facts) -> str:
    """Việc phải giải quyết; a code nobody knows, or a fact the law needs here, is said at its place."""
    try:
        return dossier.matter_of(
            facts["procedure"].strip(),
            filed_by=facts.get("filed_by"),
            after=facts.get("after"),
            verified=facts.get("verified", False),
        )
    except (dossier.UnknownProcedureError, dossier.NoClockError) as error:
        raise fault("procedure", error.vi, error.en, error.code) from None
    except dossier.WhoFilesError:
        raise FactError.missing(slot("dossier.clock", "filed_by")) from None


def _waits(facts: Facts) -> list[dossier.Wait]:
    asked, answered = facts.get("asked_on"), facts.get("answered_on")
    if asked is None and answered is None:
        return []
    if asked is None:
        raise FactError.missing(slot("dossier.clock", "asked_on"))
    problems = []
    if asked < facts["received_on"]:
        problems.append(
            FactProblem("asked_on", "trước ngày nhận hồ sơ", "is before the dossier was received", "order")
        )
    if answered is not None and answered < asked:
        problems.append(FactProblem("answered_on", "trước ngày yêu cầu", "is before the asking", "order"))
    if problems:
        raise FactError(problems)
    return [dossier.Wait(asked, answered)]


def _limits(matter: str, facts: Facts, told: Announced) -> Iterator[tuple[str, date | None]]:
    yield "ask_limit_on", dossier.asking_limit(matter, facts["received_on"], told=told)
    if "asked_on" in facts:
        yield (
            "supplement_limit_on",
            dossier.supplement_limit(matter, facts["received_on"], facts["asked_on"], told=told),
        )
    if "event_on" in facts:
        yield "filing_opens_on", dossier.filing_opens(matter, facts["event_on"])
        yield "filing_limit_on", dossier.filing_limit(matter, facts["event_on"], told=told)
    if "papers_on" in facts:
        yield "employer_limit_on", dossier.forwarding_limit(matter, facts["papers_on"], told=told)
    if "money_on" in facts:
        yield "pay_limit_on", dossier.paying_limit(matter, facts["money_on"], told=told)


def _told(facts: Facts) -> Announced:
    """Những ngày đã thông báo: as the case names them; a day named twice is worked."""
    days = dict.fromkeys(facts.get("days_off", ()), True) | dict.fromkeys(facts.get("days_worked", ()), False)
    # The calendar is kept by the object that tells of it: one for all cases that name no day.
    return Announced({day: _announced(day, off=off) for day, off in days.items()}) if days else NOTHING


def _announced(day: date, *, off: bool) -> Announcement:
    if off:
        return Announcement(day, "off", "Ngày nghỉ theo thông báo", SOURCE)
    rest = day.weekday() in OFFICE.rest
    return Announcement(day, "worked" if rest else "ordinary", "Ngày làm việc theo thông báo", SOURCE)


RULES = {"dossier.clock": clock}

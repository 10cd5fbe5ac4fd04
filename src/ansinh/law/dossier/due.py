"""Hạn của một hồ sơ: when the law and the promise want it settled, and until when people may file.

Everything is read by the law of one day: the day the full dossier was received, or the day a limit to file
begins to run. Days off are those of the table of `ansinh.kernel.workdays`; the office passes what was
announced since as `told` (``known()`` there).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ansinh.kernel.workdays import NOTHING, Announced
from ansinh.law.dossier import filing
from ansinh.law.dossier.announced import announced
from ansinh.law.dossier.beside import BESIDE
from ansinh.law.dossier.book import BOOK, DossierScale
from ansinh.law.dossier.long_term import LONG_TERM
from ansinh.law.dossier.procedures import After, FiledBy, matter_of
from ansinh.law.dossier.short_term import SHORT_TERM
from ansinh.law.dossier.terms import Count, Mode, Term, Wait, ends
from ansinh.law.engine import NotInForce, Versions

DECIDING = SHORT_TERM | LONG_TERM | BESIDE
Limits = Mapping[str, Versions[[DossierScale], Term]]

_LEAVE_OF = {"maternity_by_employer": "maternity", "maternity_by_person": "maternity"}


class Due(NamedTuple):
    """Hạn giải quyết: by the law and as announced; none while an answer is awaited, with the days then left.

    `counting` is the way of counting of the law's clock, none for a procedure with a promise alone.
    `announced_due_on` is none where nothing was announced, or where the promise ends after the law's limit.
    """

    law_due_on: date | None
    announced_due_on: date | None
    counting: Mode | None
    days_left: int | None = None

    @property
    def due_on(self) -> date | None:
        """Ngày phải xong: the promise where there is one, else the limit of the law."""
        return self.announced_due_on or self.law_due_on


def due(
    code: str,
    received_on: date,
    *,
    filed_by: FiledBy | None = None,
    after: After | None = None,
    verified: bool = False,
    waits: Sequence[Wait] = (),
    told: Announced = NOTHING,
) -> Due:
    """Hạn giải quyết của một hồ sơ nhận đủ ngày `received_on`; `waits` are the supplements asked for.

    Raises what `matter_of` raises, and `NotInForce` for a day on which the procedure had no clock yet.

    >>> due("2.000821", date(2026, 10, 5), waits=[Wait(date(2026, 10, 7), date(2026, 10, 15))]).law_due_on
    datetime.date(2026, 10, 27)
    """
    matter = matter_of(code, filed_by=filed_by, after=after, verified=verified)
    deciding = DECIDING.get(matter)
    promise = _promise(matter, received_on)
    if deciding is None:
        if promise is None:
            raise NotInForce(f"dossier.{matter}", received_on)
        promised = ends(received_on, promise, waits, told=told)
        return Due(None, promised.last_on, None, promised.left)
    term = deciding.on(received_on)(BOOK.on(received_on))
    by_law = _own_term(matter, received_on, waits, told) or ends(received_on, term, waits, told=told)
    if by_law.last_on is None:
        return Due(None, None, term.mode, by_law.left)
    promised_on = None if promise is None else ends(received_on, promise, waits, told=told).last_on
    if promised_on is not None and promised_on > by_law.last_on:
        promised_on = None
    return Due(by_law.last_on, promised_on, term.mode)


def filing_limit(matter: str, event_on: date, *, told: Announced = NOTHING) -> date | None:
    """Ngày cuối nộp hồ sơ kể từ sự kiện; none where the law of that day sets no limit."""
    return _limit(filing.FILING, matter, event_on, told)


def forwarding_limit(matter: str, papers_on: date, *, told: Announced = NOTHING) -> date | None:
    """Ngày cuối người sử dụng lao động chuyển hồ sơ: from the day it had all papers."""
    return _limit(filing.FORWARDING, matter, papers_on, told)


def paying_limit(matter: str, money_on: date, *, told: Announced = NOTHING) -> date | None:
    """Ngày cuối người sử dụng lao động trả tiền: from the day the money came."""
    return _limit(filing.PAYING, matter, money_on, told)


def asking_limit(matter: str, received_on: date, *, told: Announced = NOTHING) -> date | None:
    """Ngày cuối cơ quan yêu cầu bổ sung; none where no text limits it."""
    return _limit(filing.ASKING, matter, received_on, told)


def supplement_limit(
    matter: str, received_on: date, asked_on: date, *, told: Announced = NOTHING
) -> date | None:
    """Ngày cuối người dân bổ sung: by the law the dossier keeps; none where no text limits it."""
    term = _term(filing.SUPPLEMENT, matter, received_on)
    return None if term is None else ends(asked_on, term, told=told).last_on


def filing_opens(matter: str, event_on: date) -> date | None:
    """Ngày đầu được nộp trước thời điểm đủ điều kiện `event_on`; none where there is no such time."""
    term = _term(filing.OPENING, matter, event_on)
    return None if term is None else event_on - timedelta(days=term.length)


def _promise(matter: str, on: date) -> Term | None:
    try:
        clause = announced.on(on)
    except NotInForce:
        return None
    return clause(matter, BOOK.on(on))


def _own_term(matter: str, received_on: date, waits: Sequence[Wait], told: Announced) -> Count | None:
    """Thời hạn riêng sau khi bổ sung: from the last answer; none where the clock only stood still."""
    term = _term(DECIDING, f"{matter}_supplemented", received_on)
    if term is None or not waits:
        return None
    answers = [wait.answered_on for wait in waits if wait.answered_on is not None]
    return ends(max(answers), term, told=told) if len(answers) == len(waits) else Count(None, term.length)


def _limit(limits: Limits, matter: str, start: date, told: Announced) -> date | None:
    term = _term(limits, _LEAVE_OF.get(matter, matter), start)
    return None if term is None else ends(start, term, told=told).last_on


def _term(limits: Limits, matter: str, on: date) -> Term | None:
    found = limits.get(matter)
    if found is None:
        return None
    try:
        clause = found.on(on)
    except NotInForce:
        return None
    return clause(BOOK.on(on))

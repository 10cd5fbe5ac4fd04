"""Nhật ký truy cập: every record shown is a line, and every record asked for in vain.

Doors tell what they show (`shown`, `missed`); nobody else needs to think of it. What a request shows is
collected in its actor's `Log` and written in one go when the page is made, after its transaction has ended:
a refusal rolls its transaction back, its line stays. Without a log (a job, a test) a line is written at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

from ansinh.office.reading.log import Log
from ansinh.office.reading.models import Look, Purpose, Reading
from ansinh.office.rights import Actor

Subject = Reading.Subject
Found = TypeVar("Found", bound=Model)

__all__ = [
    "Log",
    "Look",
    "Purpose",
    "Reading",
    "Subject",
    "afterwards",
    "missed",
    "one",
    "purpose_of",
    "refused",
    "shown",
]


def shown(actor: Actor, subject: str, keys: Iterable[int], *, purpose: str) -> None:
    """Ghi những hồ sơ đã cho xem: the keys of persons, employers, … of one page or paper."""
    lines = [(str(subject), int(key)) for key in keys]
    if lines:
        _note(actor, purpose, Look.Outcome.SHOWN, lines)


def missed(actor: Actor, subject: str, key: int, *, purpose: str, verb: str = "") -> None:
    """Ghi việc hỏi một hồ sơ không thấy trong phạm vi: outside the scope, or not there at all."""
    bounded = key if 0 <= key < 2**63 else 0
    _note(actor, purpose, Look.Outcome.OUTSIDE, [(str(subject), bounded)], verb=verb)


def one(
    actor: Actor,
    scope: QuerySet[Found],
    pk: int,
    *,
    subject: str,
    purpose: str,
    verb: str,
    also: Callable[[Found], Iterable[tuple[str, int | None]]] | None = None,
) -> Found:
    """Mở một hồ sơ: the one row of a scope (already narrowed by the verb), and its line in the log.

    `also` names others that the row shows, such as the person a refund is for. Outside the scope the attempt
    is written and the model's DoesNotExist raised: the same for a foreign key and for one that nothing has.
    """
    found = scope.filter(pk=pk).first() if 0 <= pk < 2**63 else None
    if found is None:
        missed(actor, subject, pk, purpose=purpose, verb=verb)
        raise scope.model.DoesNotExist  # type: ignore[attr-defined]
    shown(actor, subject, [found.pk], purpose=purpose)
    for other, key in also(found) if also else ():
        if key is not None:
            shown(actor, other, [key], purpose=purpose)
    return found


def afterwards(actor: Actor, act: Callable[[], None]) -> None:
    """Do something when the request or command of the actor is over; at once without a log."""
    if actor.log is not None:
        actor.log.after(act)
    else:
        act()


def refused(actor: Actor, verb: str, *, purpose: str = Purpose.LOOKUP) -> None:
    """Ghi việc bị từ chối vì thiếu quyền."""
    _note(actor, purpose, Look.Outcome.REFUSED, [(Subject.PAGE, 0)], verb=verb)


def purpose_of(text: str, default: Purpose = Purpose.LOOKUP) -> Purpose:
    """The purpose of a code from an address; the default for anything that is not on the list."""
    return Purpose(text) if text in Purpose.values else default


def _note(actor: Actor, purpose: str, outcome: str, lines: list[tuple[str, int]], *, verb: str = "") -> None:
    log = actor.log
    if log is not None:
        log.add(purpose, outcome, lines, verb=verb)
        return
    once = Log(user_id=actor.user.pk, view="", address="")
    once.add(purpose, outcome, lines, verb=verb)
    once.write()

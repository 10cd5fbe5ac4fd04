"""Sổ của một lần yêu cầu: what a request or a command shows, collected and written in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from ansinh.office.reading.models import Look, Purpose

Key = tuple[str, str, str]
"""Purpose, outcome, missing verb: what makes one look of a page."""


class Log:
    """Điều một trang đã cho xem: collected while it is made, written once."""

    def __init__(self, *, user_id: int, view: str, address: str, request: str = "") -> None:
        self.user_id, self.view, self.address, self.request = user_id, view, address, request
        self._seen: dict[Key, dict[tuple[str, int], None]] = {}
        self._later: list[Callable[[], None]] = []

    def add(self, purpose: str, outcome: str, lines: Iterable[tuple[str, int]], *, verb: str = "") -> None:
        """Note lines (subject, key) of a look; the same line of one look is kept once."""
        self._seen.setdefault((str(purpose), str(outcome), verb), {}).update(dict.fromkeys(lines))

    def after(self, act: Callable[[], None]) -> None:
        """Do something once the request's transaction is over, whether it was kept or rolled back."""
        self._later.append(act)

    def write(self) -> None:
        """Write what was collected: one statement for each kind of look; nothing when nothing was shown.

        Then do what was put off (`after`), each act in a transaction of its own.
        """
        later, self._later = self._later, []
        self._write_lines()
        for act in later:
            act()

    def _write_lines(self) -> None:
        seen, self._seen = _as_looks(self._seen), {}
        if not seen:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for (purpose, outcome, verb), lines in seen.items():
                cursor.execute(
                    """WITH look AS (
                         INSERT INTO office_look (user_id, view, address, purpose, outcome, verb, request)
                         VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id)
                       INSERT INTO office_reading (look_id, subject, subject_id)
                       SELECT look.id, s.subject, s.subject_id
                       FROM look, unnest(%s::text[], %s::bigint[]) AS s(subject, subject_id)""",
                    [
                        self.user_id,
                        self.view[:60],
                        self.address[:200],
                        purpose,
                        outcome,
                        verb[:30],
                        self.request[:36],
                        [subject for subject, _ in lines],
                        [key for _, key in lines],
                    ],
                )


def _as_looks(seen: dict[Key, dict[tuple[str, int], None]]) -> dict[Key, dict[tuple[str, int], None]]:
    """What a page showed is one look: for what it was opened first, or to take it away as a file."""
    purposes = [purpose for purpose, outcome, _verb in seen if outcome == Look.Outcome.SHOWN]
    if not purposes:
        return seen
    purpose = str(Purpose.EXPORT) if Purpose.EXPORT in purposes else purposes[0]
    looks: dict[Key, dict[tuple[str, int], None]] = {}
    for (stated, outcome, verb), lines in seen.items():
        kept = purpose if outcome == Look.Outcome.SHOWN else stated
        looks.setdefault((kept, outcome, verb), {}).update(lines)
    return looks

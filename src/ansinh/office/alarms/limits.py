"""Ngưỡng: how many numbers may fail to match, a day and in one list. Nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ansinh.office.alarms.models import Kind


@dataclass(frozen=True, slots=True)
class Limit:
    """Ngưỡng một ngày: of one account or one employer; from `slow` on each further miss makes them wait,
    `stop` ends their checks until an administrator lifts it.
    """

    slow: int
    stop: int


LIMITS = {
    Kind.CHECK: Limit(slow=20, stop=200),
    # a search tells nothing about strangers; only its sheer number is a sign
    Kind.SEARCH: Limit(slow=60, stop=600),
}
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=8)

MANY, SHARE, MOST = 20, 5, 100
"""A list answers no stranger's row by itself when more than MANY do not match and they are more than one in
SHARE, or more than MOST whatever its length."""
KEPT = 5_000
"""Rows of such a list above which it is not even kept: there is nothing in it to correct row by row."""


def wait(earlier: int) -> timedelta:
    """Thời gian chờ: 1, 2, 4 … minutes, after so many `earlier` waits of the day."""
    return min(FIRST_WAIT * (1 << min(earlier, 20)), LONGEST_WAIT)


def too_many(mismatches: int, rows: int) -> bool:
    """Whether a list of so many rows has too many that do not match to be answered row by row."""
    return mismatches > MOST or (mismatches > MANY and mismatches * SHARE > rows)

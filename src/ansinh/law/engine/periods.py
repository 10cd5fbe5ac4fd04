"""Thời gian hiệu lực: the days a clause or a figure is in force, and the refusal outside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month


class NotInForce(BilingualError):  # noqa: N818 - the name says what is the case, as the law does
    """Ngoài thời gian hiệu lực: no version of the clause or figure is encoded for the day asked."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(
            f"Không có quy định “{name}” được ghi nhận cho ngày {day:%d/%m/%Y}",
            f"No version of {name} is encoded for {day.isoformat()}",
            code="law.not_in_force",
        )
        self.name = name
        self.day = day

    def __reduce__(self) -> Any:  # the parent rebuilds from other arguments
        return NotInForce, (self.name, self.day)


@dataclass(frozen=True, slots=True)
class Period:
    """Khoảng thời gian, both days included; `until` is None while the end is not known."""

    since: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, other: "Period") -> bool:
        """Có ngày chung."""
        return (self.until is None or other.since <= self.until) and (
            other.until is None or self.since <= other.until
        )

    def __str__(self) -> str:
        return f"{self.since.isoformat()}..{self.until.isoformat() if self.until else ''}"


def as_day(when: date | Month | int | str) -> date:
    """Ngày tra cứu: a day, a month or month index (its first day), or an ISO day."""
    if isinstance(when, date):
        return when
    if isinstance(when, Month):
        return when.first_day
    if isinstance(when, int):
        return Month.from_index(when).first_day
    return date.fromisoformat(when)

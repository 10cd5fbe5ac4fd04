"""Sự kiện, người hưởng, khoảng thời gian xét, thời gian nghỉ: the words of the maternity clauses."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ansinh.kernel.months import Month


class Insured(StrEnum):
    """Nhóm đối tượng tham gia."""

    EMPLOYEE = "employee"
    ARMED_FORCES = "armed_forces"
    HOUSEHOLD_OWNER = "household_owner"


class Event(StrEnum):
    """Sự kiện thai sản."""

    BIRTH = "birth"
    PREGNANCY_LOSS = "pregnancy_loss"
    WIFE_BIRTH = "wife_birth"
    SURROGATE_HANDOVER = "surrogate_handover"
    ADOPTION = "adoption"


class Claimant(StrEnum):
    """Người hưởng; with a surrogate birth the mother is the one who asked for it."""

    MOTHER = "mother"
    FATHER = "father"
    INTENDED_FATHER = "intended_father"


class Window(NamedTuple):
    """Khoảng thời gian xét: first and last month included."""

    first: Month
    last: Month

    @property
    def months(self) -> int:
        """Số tháng của khoảng thời gian xét."""
        return self.last - self.first + 1


class Requirement(NamedTuple):
    """Điều kiện về thời gian đóng: `least` months in a window of `window` months, `in_all` months in all."""

    window: int
    least: int
    in_all: int


class Entitlement(NamedTuple):
    """Kết luận về điều kiện: the reason is empty for who is entitled."""

    eligible: bool
    reason: str = ""


class Leave(NamedTuple):
    """Thời gian nghỉ: first and last day included."""

    first: date
    last: date

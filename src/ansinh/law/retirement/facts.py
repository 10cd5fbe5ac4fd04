"""Dữ kiện về người nghỉ hưu: codes that are the same for one person and for columns, and what is asked."""

from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.months import Month


class Sex(IntEnum):
    """Giới tính."""

    MALE = 1
    FEMALE = 2


class Group(IntEnum):
    """Nhóm đối tượng ngay trước khi nghỉ việc."""

    EMPLOYEE = 1
    ARMED_FORCES = 2
    CONSCRIPT = 3
    COMMUNE_FULL_TIME = 4
    COMMUNE_PART_TIME = 5


class Conditions(IntEnum):
    """Điều kiện lao động được xét, đủ thời gian quy định."""

    NORMAL = 0
    HEAVY = 1
    EXTREMELY_HEAVY = 2
    COAL_UNDERGROUND = 3


ARMED = (Group.ARMED_FORCES, Group.CONSCRIPT)
COMMUNE = (Group.COMMUNE_FULL_TIME, Group.COMMUNE_PART_TIME)


class Hazard(NamedTuple):
    """Số tháng làm việc trong các điều kiện: each wider kind holds the narrower ones.

    `hazardous` is hazardous work of any kind or work in a 0.7 region, each month once.
    """

    hazardous: int = 0
    extremely_heavy: int = 0
    coal: int = 0


class Born(NamedTuple):
    """Ngày sinh được tính: the day from which age is counted, and the month the law looks at."""

    day: date
    month: Month

    def age(self, on: date) -> int:
        """Số tháng tuổi tròn."""
        months = Month.of(on) - Month.of(self.day)
        return months - 1 if on.day < min(self.day.day, Month.of(on).days) else months


class Insured(NamedTuple):
    """Người tham gia: month of birth if known, months contributed and months worked in conditions that count.

    `voluntary_first` says that the pension is settled in the voluntary scheme; `voluntary_since` is the first
    month of voluntary contributions, or the latest it can have been.
    """

    sex: Sex
    birth_month: Month | None
    worker_group: Group
    compulsory: int
    voluntary: int
    hazard: Hazard
    voluntary_first: bool
    voluntary_since: Month

    @property
    def born(self) -> Month:
        """Tháng sinh: for who asks what hangs on the age; it must be known."""
        assert self.birth_month is not None  # noqa: S101 - asked for before
        return self.birth_month

    @property
    def total(self) -> int:
        """Tổng số tháng đóng: that of both schemes."""
        return self.compulsory + self.voluntary


class CapacityLoss(NamedTuple):
    """Kết luận giám định: `concluded` is the month of the conclusion, None when it is not told."""

    rate: Fraction
    concluded: Month | None = None


class Requirement(NamedTuple):
    """Điều kiện hưởng lương hưu: months required, months that count, and how far the age may be lower.

    `fixed_age` is an age in months that holds instead, None where the age is the retirement age less `lower`.
    """

    required_months: int
    counted_months: int
    lower: int
    fixed_age: int | None = None

    @property
    def missing(self) -> int:
        """Số tháng còn thiếu."""
        return max(self.required_months - self.counted_months, 0)


class Verdict(NamedTuple):
    """Được hưởng lương hưu hay không; `reason` is a code, empty when entitled."""

    eligible: bool
    reason: str = ""

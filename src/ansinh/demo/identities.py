"""Số giả lập: numbers that pass every check of the system and belong to nobody.

Citizen ID: province, century and sex, year as the law builds them, then six digits from 900000 up. The law
calls those six digits random, so no range is officially free; a province of this size registers far fewer
births a year than 900,000, and the range is ours to recognise. SI number: begins with 99, which is no
province's code. Phone: begins with 04, free since Hà Nội moved to 024 in 2017. Enterprise number: begins
with 98, which is no tax department's code, with a true check digit. Budget code: begins with 98.
"""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.kernel.identity import has_check_digit

SI_PREFIX = "99"
CITIZEN_RANGE = 900_000
PHONE_PREFIX = "04"
ENTERPRISE_PREFIX = "98"
BUDGET_PREFIX = "98"


def is_synthetic(number: str) -> bool:
    """Whether a citizen ID or an SI number lies in the range of the demonstration."""
    if len(number) == 12:
        return int(number[6:]) >= CITIZEN_RANGE
    return len(number) == 10 and number.startswith(SI_PREFIX)


def enterprise_numbers(start: int = 0) -> Iterator[str]:
    """Mã số doanh nghiệp giả lập: from a serial on, with check digits; one serial in eleven has none."""
    for serial in range(start, 10_000_000):
        first = f"{ENTERPRISE_PREFIX}{serial:07d}"
        found = next((f"{first}{d}" for d in range(10) if has_check_digit(f"{first}{d}")), None)
        if found:
            yield found


def budget_codes(start: int = 0) -> Iterator[str]:
    """Mã quan hệ ngân sách giả lập: from a serial on; seven digits."""
    for serial in range(start, 100_000):
        yield f"{BUDGET_PREFIX}{serial:05d}"

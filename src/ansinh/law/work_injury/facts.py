"""Hình thức trợ cấp, kết luận: the words of the work-injury clauses.

Loss of working capacity is a number of points (20 for 20%), as the texts count it.
"""

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """Hình thức trợ cấp."""

    NONE = "none"
    LUMP_SUM = "lump_sum"
    MONTHLY = "monthly"


class Entitlement(NamedTuple):
    """Kết luận: the reason is empty for who is entitled."""

    eligible: bool
    reason: str = ""

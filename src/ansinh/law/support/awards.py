"""Người được xét và kết quả xét: what every package is asked and answers."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Tình trạng tham gia vào ngày chốt của gói hỗ trợ."""

    INSURED = "insured"
    STOPPED = "stopped"


class Claimant(NamedTuple):
    """Dữ kiện xét hỗ trợ: `ui_months` contributed and not yet used; `terminated` when the contract ended."""

    ui_months: int
    status: Status
    terminated: date | None = None
    state_funded_employer: bool = False
    receives_pension: bool = False


class Award(NamedTuple):
    """Kết quả: `reason` of refusal, empty for who is entitled to `amount` dong."""

    reason: str
    amount: int


def refused(reason: str) -> Award:
    """Không được hỗ trợ."""
    return Award(reason, 0)


def entitled(tiers: Mapping[int, int], months: int) -> Award:
    """Được hỗ trợ: the amount of the highest step reached, as printed; nothing is rounded.

    >>> entitled({0: 1_800_000, 12: 2_100_000}, 12)
    Award(reason='', amount=2100000)
    """
    return Award("", tiers[max(step for step in tiers if step <= months)])

"""Dữ kiện: on which ground the one-time payment is asked, and which monthly benefit is drawn."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Ground(StrEnum):
    """Trường hợp đề nghị hưởng một lần."""

    RETIREMENT_AGE = "retirement_age"
    LEFT_INSURANCE = "left_insurance"
    EMIGRATION = "emigration"
    DISEASE = "disease"
    CAPACITY_LOSS = "capacity_loss"
    DISCHARGE = "discharge"


class MonthlyBenefit(StrEnum):
    """Chế độ hằng tháng đang hưởng; commune_allowance is the one of Decree 09/1998."""

    PENSION = "pension"
    INVALIDITY_ALLOWANCE = "invalidity_allowance"
    COMMUNE_ALLOWANCE = "commune_allowance"
    WORK_INJURY_ALLOWANCE = "work_injury_allowance"


class Claim(NamedTuple):
    """Đề nghị hưởng một lần: what its ground needs; a fact that the ground does not need may be None.

    `months` of both schemes; `of_age` has reached the pension age; `months_out` whole months without
    contribution up to the month before the request; `insured_before` has months of contribution before Law
    41/2024 was in force; `can_retire` meets the conditions of the pension.
    """

    ground: Ground
    months: int
    of_age: bool | None = None
    months_out: int | None = None
    insured_before: bool | None = None
    loss_rate: Fraction | None = None
    can_retire: bool | None = None


class Entitlement(NamedTuple):
    """Được hưởng hay không; `reason` is a code, empty when entitled."""

    eligible: bool
    reason: str = ""


ENTITLED = Entitlement(True)

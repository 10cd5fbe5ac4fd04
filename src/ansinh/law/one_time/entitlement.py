"""Ai được hưởng bảo hiểm xã hội một lần: the grounds of each law, and the codes of refusal.

Codes: under_age, enough_for_pension, under_twelve_months_out, insured_after_law, insufficient_capacity_loss,
no_such_ground. Not encoded: foreign workers (Luật 41/2024 Điều 70 khoản 2).
"""

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.one_time.book import OneTimeScale
from ansinh.law.one_time.facts import ENTITLED, Claim, Entitlement, Ground


@provision(
    "one_time.entitled",
    clause=(
        "58/2014/QH13, Điều 60 khoản 1, Điều 77 khoản 1; 93/2015/QH13, Điều 1 khoản 1; "
        "115/2015/NĐ-CP, Điều 8 khoản 1; 33/2016/NĐ-CP, Điều 10 khoản 1"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="được hưởng bảo hiểm xã hội một lần",
)
def entitled_2014(claim: Claim, scale: OneTimeScale) -> Entitlement:
    """At pension age under 20 years; a year out under 20 years; emigration; deadly disease; discharge."""
    if claim.ground == Ground.RETIREMENT_AGE:
        return _too_short_at_age(claim, scale)
    if claim.ground == Ground.LEFT_INSURANCE:
        return _left(claim, scale)
    if claim.ground == Ground.DISCHARGE:
        return Entitlement(False, "enough_for_pension") if claim.can_retire else ENTITLED
    if claim.ground == Ground.CAPACITY_LOSS:
        return Entitlement(False, "no_such_ground")
    return ENTITLED


@provision(
    "one_time.entitled",
    clause="41/2024/QH15, Điều 70 khoản 1, Điều 102 khoản 1; 158/2025/NĐ-CP, Điều 14 khoản 1",
    since="2025-07-01",
    term="được hưởng bảo hiểm xã hội một lần",
)
def entitled_2024(claim: Claim, scale: OneTimeScale) -> Entitlement:
    """Pension age under 15 years; emigration; disease; 81% loss; discharge; a year out, insured before."""
    if claim.ground == Ground.RETIREMENT_AGE:
        return _too_short_at_age(claim, scale)
    if claim.ground == Ground.LEFT_INSURANCE:
        # Điểm đ: only who contributed before the law was in force.
        return _left(claim, scale) if claim.insured_before else Entitlement(False, "insured_after_law")
    if claim.ground == Ground.DISCHARGE:
        return Entitlement(False, "enough_for_pension") if claim.can_retire else ENTITLED
    if claim.ground == Ground.CAPACITY_LOSS and (claim.loss_rate or 0) < scale.one_time_loss_rate:
        return Entitlement(False, "insufficient_capacity_loss")
    return ENTITLED


entitled = versions(entitled_2014, entitled_2024)


@provision(
    "one_time.months_out",
    clause="93/2015/QH13, Điều 1 khoản 1; 41/2024/QH15, Điều 70 khoản 1 điểm đ",
    since="2016-01-01",
    term="số tháng đã thôi đóng",
)
def months_out(last_contribution: Month, requested_month: Month) -> int:
    """Whole months between the last contributed month and that of the request."""
    return max(requested_month - last_contribution - 1, 0)


@provision(
    "one_time.insured_before",
    clause="41/2024/QH15, Điều 70 khoản 1 điểm đ, Điều 140 khoản 1",
    since="2025-07-01",
    term="đã đóng trước ngày Luật năm 2024 có hiệu lực",
)
def insured_before(first_contribution: Month, scale: OneTimeScale) -> bool:
    """Contributed before the day on which the law came into force."""
    return first_contribution < Month.of(scale.insured_before)


def _too_short_at_age(claim: Claim, scale: OneTimeScale) -> Entitlement:
    if not claim.of_age:
        return Entitlement(False, "under_age")
    if claim.can_retire or claim.months >= scale.pension_years * 12:
        return Entitlement(False, "enough_for_pension")
    return ENTITLED


def _left(claim: Claim, scale: OneTimeScale) -> Entitlement:
    if claim.months >= scale.years_to_stay * 12:
        return Entitlement(False, "enough_for_pension")
    if (claim.months_out or 0) < scale.months_out:
        return Entitlement(False, "under_twelve_months_out")
    return ENTITLED

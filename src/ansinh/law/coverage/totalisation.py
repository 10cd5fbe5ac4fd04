"""Cộng gộp thời gian tham gia: months of both countries open a pension, each pays for its own."""

from typing import NamedTuple

from ansinh.law.coverage.book import CoverageScale
from ansinh.law.coverage.certificates import Country
from ansinh.law.engine import provision, versions

NOT_IN_FORCE = "totalisation_not_in_force"
BELOW_MINIMUM = "below_minimum"
INSUFFICIENT = "insufficient_contribution"


class Totalised(NamedTuple):
    """Cộng gộp: eligible or why not, whether the other country's months were needed, months that count."""

    eligible: bool
    reason: str
    totalised: bool
    condition_months: int


@provision(
    "coverage.required_months",
    clause="58/2014/QH13, Điều 54, Điều 67; 41/2024/QH15, Điều 64 khoản 1, Điều 86 khoản 1 điểm a; "
    "50/2023/TB-LPQT",
    since="2024-01-01",
    term="thời gian tham gia cần có",
)
def required_months(country: int, survivors: bool, scale: CoverageScale) -> int:
    """For a pension in Viet Nam 20 years, from 07/2025 15; for survivors 15; in Korea 10."""
    if country == Country.KOREA:
        return int(scale.korea_pension_months)
    if survivors:
        return int(scale.vietnam_survivors_months)
    return int(scale.vietnam_pension_months)


@provision(
    "coverage.totalisation",
    clause="50/2023/TB-LPQT",
    since="2024-01-01",
    until="2025-06-30",
    term="cộng gộp thời gian tham gia",
)
def totalised_2024(own: int, other: int, required: int, scale: CoverageScale) -> Totalised:  # noqa: ARG001 - as its second version
    """No months of the other country count yet: the part on benefits waits for a law of Viet Nam."""
    return Totalised(eligible=False, reason=NOT_IN_FORCE, totalised=True, condition_months=own)


@provision(
    "coverage.totalisation",
    clause="41/2024/QH15, Điều 8 khoản 4; 50/2023/TB-LPQT",
    since="2025-07-01",
    term="cộng gộp thời gian tham gia",
)
def totalised_2025(own: int, other: int, required: int, scale: CoverageScale) -> Totalised:
    """Own months alone if they suffice; else both, each at least 12; the benefit is paid for own months."""
    if own >= required:
        return Totalised(eligible=True, reason="", totalised=False, condition_months=own)
    if min(own, other) < scale.least_months:
        return Totalised(eligible=False, reason=BELOW_MINIMUM, totalised=True, condition_months=own)
    both = own + other
    if both < required:
        return Totalised(eligible=False, reason=INSUFFICIENT, totalised=True, condition_months=both)
    return Totalised(eligible=True, reason="", totalised=True, condition_months=both)


totalised = versions(totalised_2024, totalised_2025)

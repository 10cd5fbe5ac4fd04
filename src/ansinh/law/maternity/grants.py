"""Trợ cấp một lần khi sinh con, nhận con; trợ cấp thai sản của bảo hiểm xã hội tự nguyện."""

from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale
from ansinh.law.maternity.facts import Claimant, Entitlement, Event

MULTIPLE_TERM = "số lần mức lương cơ sở, mức tham chiếu"
ORDER_TERM = "người được trợ cấp một lần"
AMOUNT_TERM = "trợ cấp một lần khi sinh con, nhận con"

OWN_RIGHT = (Event.ADOPTION,)


@provision(
    "maternity.grant_order",
    clause="58/2014/QH13, Điều 38; 115/2015/NĐ-CP, Điều 4 khoản 1 điểm a; "
    "59/2015/TT-BLĐTBXH, Điều 9 khoản 2; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 7 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term=ORDER_TERM,
)
def grant_order_2014(claimant: Claimant, event: Event, mother_eligible: bool | None) -> Entitlement:
    """The mother; a father only where she has no right of her own. Who adopts has the right himself."""
    return _grant_order(claimant, event, mother_eligible)


@provision(
    "maternity.grant_order",
    clause="41/2024/QH15, Điều 58 khoản 1, 2, 3",
    since="2025-07-01",
    term=ORDER_TERM,
)
def grant_order_2024(claimant: Claimant, event: Event, mother_eligible: bool | None) -> Entitlement:
    """The mother; a father only where she has no right of her own. Who adopts has the right himself."""
    return _grant_order(claimant, event, mother_eligible)


grant_order = versions(grant_order_2014, grant_order_2024)


def _grant_order(claimant: Claimant, event: Event, mother_eligible: bool | None) -> Entitlement:
    if claimant != Claimant.MOTHER and event not in OWN_RIGHT and mother_eligible:
        return Entitlement(eligible=False, reason="mother_eligible")
    return Entitlement(eligible=True)


@provision(
    "maternity.mother_entitled",
    clause="58/2014/QH13, Điều 31, Điều 38",
    since="2016-01-01",
    until="2025-06-30",
    term="mẹ đủ điều kiện hưởng",
)
def mother_entitled_2014(mother_eligible: bool) -> Entitlement:
    """What is known of her own right."""
    return _mother(mother_eligible)


@provision(
    "maternity.mother_entitled",
    clause="41/2024/QH15, Điều 50, Điều 58 khoản 1",
    since="2025-07-01",
    term="mẹ đủ điều kiện hưởng",
)
def mother_entitled_2024(mother_eligible: bool) -> Entitlement:
    """What is known of her own right."""
    return _mother(mother_eligible)


mother_entitled = versions(mother_entitled_2014, mother_entitled_2024)


def _mother(mother_eligible: bool) -> Entitlement:
    if mother_eligible:
        return Entitlement(eligible=True)
    return Entitlement(eligible=False, reason="few_months_in_window")


@provision(
    "maternity.grant_multiple",
    clause="58/2014/QH13, Điều 38; 59/2015/TT-BLĐTBXH, Điều 10 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term=MULTIPLE_TERM,
)
def grant_multiple_2014(children: int, scale: MaternityScale) -> int:
    """Two base salaries a child, children that died included."""
    found: int = scale.grant_levels_per_child * children
    return found


@provision(
    "maternity.grant_multiple",
    clause="41/2024/QH15, Điều 53 khoản 4, Điều 58 khoản 4",
    since="2025-07-01",
    term=MULTIPLE_TERM,
)
def grant_multiple_2024(children: int, scale: MaternityScale) -> int:
    """Two reference levels a child, children that died included."""
    found: int = scale.grant_levels_per_child * children
    return found


grant_multiple = versions(grant_multiple_2014, grant_multiple_2024)


@provision(
    "maternity.grant_amount",
    clause="58/2014/QH13, Điều 38",
    since="2016-01-01",
    until="2025-06-30",
    term=AMOUNT_TERM,
)
def grant_amount_2014(multiple: int, scale: MaternityScale) -> int:
    """At the base salary of the month of birth or of receiving the child."""
    found: int = scale.base_salary * multiple
    return found


@provision(
    "maternity.grant_amount",
    clause="41/2024/QH15, Điều 58 khoản 4, Điều 141 khoản 13",
    since="2025-07-01",
    term=AMOUNT_TERM,
)
def grant_amount_2024(multiple: int, scale: MaternityScale) -> int:
    """At the reference level of the month of birth or of receiving the child."""
    found: int = scale.base_salary * multiple
    return found


grant_amount = versions(grant_amount_2014, grant_amount_2024)


@provision(
    "maternity.voluntary_condition",
    clause="41/2024/QH15, Điều 94 khoản 1, 4",
    since="2025-07-01",
    term="điều kiện hưởng trợ cấp thai sản tự nguyện",
)
def voluntary_condition_2024(
    months_in_window: int, compulsory_right: bool, scale: MaternityScale
) -> Entitlement:
    """6 months of either scheme in the 12 before birth; a right in the compulsory scheme comes first."""
    if compulsory_right:
        return Entitlement(eligible=False, reason="compulsory_right")
    if months_in_window < scale.least_months:
        return Entitlement(eligible=False, reason="few_months_in_window")
    return Entitlement(eligible=True)


voluntary_condition = versions(voluntary_condition_2024)


@provision(
    "maternity.voluntary_grant",
    clause="41/2024/QH15, Điều 95 khoản 1",
    since="2025-07-01",
    term="trợ cấp thai sản tự nguyện",
)
def voluntary_grant_2024(children: int, scale: MaternityScale) -> int:
    """A fixed sum for each child born and each foetus of 22 weeks or more that died."""
    found: int = scale.voluntary_grant * children
    return found


voluntary_grant = versions(voluntary_grant_2024)

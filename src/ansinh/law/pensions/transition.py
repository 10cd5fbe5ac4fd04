"""Chuyển tiếp: who keeps the law of 2006 though the pension begins from 2016."""

from datetime import date
from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.engine import provision
from ansinh.law.pensions.book import PensionsScale


@provision(
    "pensions.under_law_2006",
    clause="59/2015/TT-BLĐTBXH, Điều 39 khoản 3, 4",
    since="2016-01-01",
    until="2025-06-30",
    term="được thực hiện theo pháp luật trước ngày 01/01/2016",
)
def under_law_2006(
    *,
    sex: int,
    birth_year: int | None,
    found_on: date,
    loss_rate: Fraction,
    extremely_heavy_months: int,
    scale: PensionsScale,
) -> bool:
    """Found before 2016 to have lost 61% or more.

    Women born by 1970 and men by 1965 (khoản 3), or anyone with 15 years of extremely heavy work (khoản 4).
    """
    if found_on >= scale.transition_found_before or loss_rate < scale.transition_loss_rate:
        return False
    if extremely_heavy_months >= scale.hard_work_months:
        return True
    return birth_year is not None and birth_year <= int(scale.transition_last_birth_year[sex])


@provision(
    "pensions.applied_law",
    clause="58/2014/QH13, Điều 124; 59/2015/TT-BLĐTBXH, Điều 39 khoản 3, 4; 41/2024/QH15, Điều 140",
    since="2016-01-01",
    term="luật được áp dụng cho lương hưu",
)
def applied_law(under_law_2006: bool, scale: PensionsScale) -> str:
    """Return the number of the law: that of the first month of the pension, or of the transition."""
    return scale.transition_law if under_law_2006 else scale.law_of_pensions


@provision(
    "pensions.begun_before_2025_07",
    clause="41/2024/QH15, Điều 141 khoản 11, Điều 140 khoản 1",
    since="2025-07-01",
    term="tham gia trước khi Luật năm 2024 có hiệu lực",
)
def begun_before_2025_07(first_contribution: Month, scale: PensionsScale) -> bool:
    """Contributed before the law came into force: who did has a least pension after twenty years."""
    return first_contribution < Month.of(scale.minimum_for_begun_before)

"""Chuyển tiếp: who keeps the law of 2006 though the pension begins from 2016."""

from fractions import Fraction

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
    found_before_2016: bool,
    loss_rate: Fraction,
    extremely_heavy_months: int,
    scale: PensionsScale,
) -> bool:
    """Found before 2016 to have lost 61% or more.

    Women born by 1970 and men by 1965 (khoản 3), or anyone with 15 years of extremely heavy work (khoản 4).
    """
    if not found_before_2016 or loss_rate < scale.transition_loss_rate:
        return False
    if extremely_heavy_months >= scale.hard_work_months:
        return True
    return birth_year is not None and birth_year <= int(scale.transition_last_birth_year[sex])

"""Hỗ trợ theo Nghị quyết 116: cash from the unemployment fund for those hit by COVID-19, autumn 2021.

Requests until 20 December 2021, payment until 31 December 2021 (28/2021/QĐ-TTg, Điều 3). Who did not want it
was left out (Điều 1 khoản 3). Amounts are whole dong as printed.
"""

from datetime import date

from ansinh.law.engine import provision
from ansinh.law.support.awards import Award, Claimant, Status, entitled, refused
from ansinh.law.support.book import SupportScale


@provision(
    "support.resolution_116",
    clause="116/NQ-CP; 28/2021/QĐ-TTg, Điều 1, Điều 2",
    since="2021-09-24",
    until="2021-12-31",
    term="hỗ trợ một lần từ Quỹ bảo hiểm thất nghiệp",
)
def award(claimant: Claimant, scale: SupportScale) -> Award:
    """Support by tiers of unused months for the insured and for those who stopped since 2020.

    Insured on 30 September 2021: all but those whose employer the State pays. Stopped: contracts ended from
    1 January 2020 to 30 September 2021, with months preserved, and no monthly pension decided.
    """
    if claimant.status == Status.STOPPED:
        first = date.fromisoformat(scale.resolution_116_stopped["first"])
        last = date.fromisoformat(scale.resolution_116_stopped["last"])
        if claimant.receives_pension:
            return refused("receives_pension")
        if claimant.terminated is None or not first <= claimant.terminated <= last:
            return refused("terminated_outside_period")
        if not claimant.ui_months:
            return refused("no_preserved_months")
    elif claimant.state_funded_employer:
        return refused("state_funded_employer")
    return entitled(scale.resolution_116_tiers, claimant.ui_months)

"""Tháng được tính là đã đóng: which months of a career count, and which of them lie before 2014."""

from collections.abc import Collection

from ansinh.kernel.months import Month, months_between
from ansinh.law.careers.book import CareersScale
from ansinh.law.careers.history import Career, Scheme, SpellKind
from ansinh.law.engine import provision

COUNTED = (SpellKind.PAID, SpellKind.MATERNITY)


@provision(
    "careers.contributed_months",
    clause="58/2014/QH13, Điều 39 khoản 2; 41/2024/QH15, Điều 53 khoản 8",
    since="2016-01-01",
    term="các tháng được tính là đã đóng",
)
def contributed_months(career: Career, scheme: Scheme) -> list[Month]:
    """Months paid for and months of maternity leave, each once, oldest first."""
    counted = {
        month
        for spell in career.spells
        if spell.scheme == scheme and spell.kind in COUNTED
        for month in months_between(spell.first, spell.last)
    }
    return sorted(counted)


@provision(
    "careers.months_before_2014",
    clause="58/2014/QH13, Điều 60 khoản 2; 41/2024/QH15, Điều 70 khoản 3",
    since="2016-01-01",
    term="số tháng đóng trước năm 2014",
)
def months_before_2014(months: Collection[Month], scale: CareersScale) -> int:
    """Months before the year from which a year counts more."""
    return sum(month < Month.of(scale.counts_more_from) for month in months)

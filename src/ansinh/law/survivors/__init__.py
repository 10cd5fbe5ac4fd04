"""Chế độ tử tuất: funeral allowance, monthly allowance by relative, lump sum.

`funeral_due` and `funeral`; `monthly_due` for the person who died, `relative_entitled`, `uncared` and
`monthly_rate` for each `Relative`, `times`, `first_month`, `last_month`; `lump_sum_due` for the `Family` and
`by_years`, `refund`, `of_pension` or `of_allowance` for the sum. A fact that turns out to be needed is raised
as `FactNeededError`. Figures: `parameters.yaml`, read as `BOOK`. From 01/2016.

Not encoded: relatives other than child, spouse and parents, an unborn child, allowances of rubber workers and
of Decisions 91/2000 and 613.
"""

from ansinh.law.survivors.book import BOOK
from ansinh.law.survivors.deceased import funeral, funeral_due, monthly_due
from ansinh.law.survivors.facts import Cause, Deceased, FactNeededError, Relation, Relative
from ansinh.law.survivors.lump_sum import (
    Family,
    by_years,
    child_under_6,
    counts_as_allowance,
    counts_as_pension,
    drawn_months,
    incapable,
    lump_sum_due,
    of_allowance,
    of_pension,
    pension_months,
    refund,
    refunded,
)
from ansinh.law.survivors.relatives import (
    first_month,
    is_incapable,
    is_minor,
    last_month,
    monthly_amount,
    monthly_rate,
    paid_relatives,
    relative_entitled,
    times,
    uncared,
)

__all__ = [
    "BOOK",
    "Cause",
    "Deceased",
    "FactNeededError",
    "Family",
    "Relation",
    "Relative",
    "by_years",
    "child_under_6",
    "counts_as_allowance",
    "counts_as_pension",
    "drawn_months",
    "first_month",
    "funeral",
    "funeral_due",
    "incapable",
    "is_incapable",
    "is_minor",
    "last_month",
    "lump_sum_due",
    "monthly_amount",
    "monthly_due",
    "monthly_rate",
    "of_allowance",
    "of_pension",
    "paid_relatives",
    "pension_months",
    "refund",
    "refunded",
    "relative_entitled",
    "times",
    "uncared",
]

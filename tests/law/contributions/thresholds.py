"""Where the contribution clauses change their mind: months of every change, floors, caps, days."""

from ansinh.kernel.months import Month
from ansinh.law.contributions import BOOK

_CHANGES = sorted(
    {Month.of(one.period.since).index for parameter in BOOK for one in parameter.values}
    | {Month(2018, 12).index, Month(2022, 1).index, Month(2025, 7).index, Month(2026, 1).index}
)
_MINIMUM = [cell for one in BOOK.minimum_wage.values for cell in one.value.values()]
_BASE = [one.value for one in BOOK.base_salary.values]

THRESHOLDS = {
    "month": _CHANGES,
    "wage": [
        *_MINIMUM,
        *(20 * cell for cell in _MINIMUM),
        *_BASE,
        *(2 * one for one in _BASE),
        *(20 * one for one in _BASE),
    ],
    "unpaid_days": [0, 14],
    "sick_days": [0, 14],
    "maternity_days": [0, 14],
    "other_pay": [0],
    "beyond_frame_bp": [0, 500],
    "seniority_bp": [0, 500],
    "reserve_milli": [0],
    "coefficient_milli": [1000, 2000, 2340],
}

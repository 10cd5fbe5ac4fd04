"""Chế độ ốm đau và dưỡng sức, phục hồi sức khỏe: from 01/2016.

Own illness: `sick_pay`; nursing a sick child: `child_care_pay`; convalescence: `after_sickness`,
`after_maternity`. The wage that counts: `wages`. Parts of days off: `part_days_pay`. Figures:
`parameters.yaml`, read as `BOOK`. The effect of sick days on contributions is
`ansinh.law.contributions.month_due`.

Not encoded: which diseases are on the list of long-term ones; what is no sickness benefit at all (self-harm,
first treatment of a work injury, days of annual or unpaid leave): such days are not claimed. Benefits paid
before 2016 by the law of 2006.
"""

from ansinh.law.sickness.amounts import part_day
from ansinh.law.sickness.book import BOOK
from ansinh.law.sickness.child_care import ChildCarePay, SickChild, child_care_pay
from ansinh.law.sickness.convalescence import (
    Convalescence,
    RestLeave,
    SickTime,
    after_maternity,
    after_sickness,
)
from ansinh.law.sickness.facts import Conditions, Delivery, Illness, Insured
from ansinh.law.sickness.illness import (
    Leave,
    NeededFactError,
    PartDays,
    SickPay,
    Worker,
    law_day,
    part_days_pay,
    sick_pay,
)

__all__ = [
    "BOOK",
    "ChildCarePay",
    "Conditions",
    "Convalescence",
    "Delivery",
    "Illness",
    "Insured",
    "Leave",
    "NeededFactError",
    "PartDays",
    "RestLeave",
    "SickChild",
    "SickPay",
    "SickTime",
    "Worker",
    "after_maternity",
    "after_sickness",
    "child_care_pay",
    "law_day",
    "part_day",
    "part_days_pay",
    "sick_pay",
]

"""Bảo hiểm thất nghiệp: benefit, its conditions and end, preserved months, notices, training, from 01/2015.

`conditions` who; `amounts` and `periods` how much and how long; `preservation` what is kept for next time;
`notices` the monthly duty; `training` courses of the unemployed and of employers. Figures: `parameters.yaml`,
read as `BOOK`. The law is that of the day of the decision: claims not decided by 2026 follow the law of 2025
(74/2025/QH15, Điều 55 khoản 4).

Not encoded: claims filed before 2015 (28/2015/NĐ-CP, Điều 39 khoản 4).
"""

from ansinh.law.unemployment.book import BOOK
from ansinh.law.unemployment.conditions import Claim, Leaving
from ansinh.law.unemployment.notices import Transfer
from ansinh.law.unemployment.periods import Length, Period
from ansinh.law.unemployment.preservation import MonthState, StopReason

__all__ = ["BOOK", "Claim", "Leaving", "Length", "MonthState", "Period", "StopReason", "Transfer"]

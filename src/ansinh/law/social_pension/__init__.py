"""Trợ cấp hưu trí xã hội (từ 75 tuổi) và trợ cấp hằng tháng trước tuổi đó (Điều 23): from 07/2025.

`age`, `condition`, `amount` of the social pension; `bridging_condition`, `bridging_months`,
`bridging_amount`, `bridging_top_up` of the allowance. The decree that fixes the level was read in articles
only.

Not encoded: what a province adds, and raises of an allowance already drawn.
"""

from ansinh.law.social_pension.benefit import age, amount, condition
from ansinh.law.social_pension.book import BOOK
from ansinh.law.social_pension.bridging import (
    bridging_amount,
    bridging_condition,
    bridging_months,
    bridging_top_up,
)

__all__ = [
    "BOOK",
    "age",
    "amount",
    "bridging_amount",
    "bridging_condition",
    "bridging_months",
    "bridging_top_up",
    "condition",
]

"""Chậm đóng, trốn đóng, truy thu: what is owed on top of contributions paid late, by the law of each period.

Until 2015 compound interest by the month; 2016 to June 2025 simple interest by the month at twice the fund's
return; from July 2025 0.03 % a day. What the texts leave open is a parameter with its reason in
``parameters.yaml``.
"""

from ansinh.law.late_payment.account import (
    Account,
    Debt,
    DelayDays,
    Line,
    account,
    classify,
    classify_unregistered,
    delay_days,
    due_day,
    registration_deadline,
)
from ansinh.law.late_payment.charges import daily_charge
from ansinh.law.late_payment.standing import Standing

__all__ = [
    "Account",
    "Debt",
    "DelayDays",
    "Line",
    "Standing",
    "account",
    "classify",
    "classify_unregistered",
    "daily_charge",
    "delay_days",
    "due_day",
    "registration_deadline",
]

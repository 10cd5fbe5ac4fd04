"""Đóng bảo hiểm xã hội tự nguyện: incomes, ways of paying, State support, paying late, refunds, from 01/2016.

Not encoded: the step of 50,000 dong between incomes (01/2016/TT-BLĐTBXH, Điều 9 khoản 1), by which no
income is refused; support given by provinces and others. Nothing read under Decree 159/2025 says how missing
months are supported or late periods paid: Circular 01/2016 and Decree 134/2015 are followed there too.
"""

from ansinh.law.voluntary.book import BOOK
from ansinh.law.voluntary.dues import late, missing, periodic, prepaid, refund
from ansinh.law.voluntary.methods import (
    Category,
    Method,
    income_standing,
    late_months,
    lump_allowed,
    method_months,
    missing_allowed,
    years_ahead_allowed,
)
from ansinh.law.voluntary.support import support, support_missing, support_rate, supported_period

__all__ = [
    "BOOK",
    "Category",
    "Method",
    "income_standing",
    "late",
    "late_months",
    "lump_allowed",
    "method_months",
    "missing",
    "missing_allowed",
    "periodic",
    "prepaid",
    "refund",
    "support",
    "support_missing",
    "support_rate",
    "supported_period",
    "years_ahead_allowed",
]

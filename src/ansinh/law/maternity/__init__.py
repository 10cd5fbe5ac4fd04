"""Chế độ thai sản: who is entitled, how long the leave is, what a month and a day pay, the birth grants.

The law is that of the day of birth (adoption, handover, loss of the pregnancy): leave begun under Law 58/2014
runs on under it (158/2025/NĐ-CP, Điều 42 khoản 2).
"""

from ansinh.law.maternity.book import BOOK
from ansinh.law.maternity.contributed import Contributions
from ansinh.law.maternity.facts import Claimant, Entitlement, Event, Insured, Leave, Requirement, Window

__all__ = [
    "BOOK",
    "Claimant",
    "Contributions",
    "Entitlement",
    "Event",
    "Insured",
    "Leave",
    "Requirement",
    "Window",
]

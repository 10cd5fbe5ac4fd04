"""Every table of collection, from the rooms it is divided into."""

from __future__ import annotations

from ansinh.collection.declarations.models import Declaration, DeclarationRow
from ansinh.collection.month.models import Allocation, Charge, Due, OpenItem, PriorityFlag, Statement
from ansinh.collection.notices.models import Urge
from ansinh.collection.receipts.models import BankFile, Receipt
from ansinh.collection.refunds.models import Refund

__all__ = [
    "Allocation",
    "BankFile",
    "Charge",
    "Declaration",
    "DeclarationRow",
    "Due",
    "OpenItem",
    "PriorityFlag",
    "Receipt",
    "Refund",
    "Statement",
    "Urge",
]

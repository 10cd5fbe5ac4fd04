"""Cửa vào phần thu: declarations, receipts, refunds, accounts. Outside the scope they do not exist."""

from __future__ import annotations

from ansinh.collection.declarations import selectors as declarations
from ansinh.collection.models import BankFile, Declaration, Receipt, Refund
from ansinh.collection.receipts import selectors as receipts
from ansinh.collection.refunds import selectors as refunds
from ansinh.office.access import Actor
from ansinh.registers.models import CollectingAccount


def declaration(actor: Actor, declaration_id: int, verb: str = "declaration.read") -> Declaration:
    """One declaration. Raises Declaration.DoesNotExist outside the scope."""
    return declarations.in_scope(actor, verb).get(pk=declaration_id)


def receipt(actor: Actor, receipt_id: int, verb: str = "receipt.read") -> Receipt:
    """One receipt. Raises Receipt.DoesNotExist outside the scope."""
    return receipts.in_scope(actor, verb).get(pk=receipt_id)


def bank_file(actor: Actor, file_id: int, verb: str = "receipt.read") -> BankFile:
    """One statement file. Raises BankFile.DoesNotExist outside the scope."""
    return receipts.files_in_scope(actor, verb).get(pk=file_id)


def account(actor: Actor, account_id: int, verb: str = "receipt.read") -> CollectingAccount:
    """One collecting account. Raises CollectingAccount.DoesNotExist outside the scope."""
    return receipts.accounts_in_scope(actor, verb).get(pk=account_id)


def refund(actor: Actor, refund_id: int, verb: str = "receipt.read") -> Refund:
    """One refund. Raises Refund.DoesNotExist outside the scope."""
    return refunds.in_scope(actor, verb).get(pk=refund_id)

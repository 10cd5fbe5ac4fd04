"""Cửa vào phần thu: declarations, receipts, refunds, statement files. Outside the scope they do not exist.

Each door takes the verb, and writes the reading log: the thing, the employer and the person it shows.
"""

from __future__ import annotations

from ansinh.collection.declarations import selectors as declarations
from ansinh.collection.models import BankFile, Declaration, Receipt, Refund
from ansinh.collection.receipts import selectors as receipts
from ansinh.collection.refunds import casework
from ansinh.collection.refunds import selectors as refunds
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access as registers
from ansinh.registers.models import CollectingAccount


def declaration(actor: Actor, pk: int, verb: str = "declaration.read") -> Declaration:
    """One declaration. Raises Declaration.DoesNotExist outside the scope."""
    return reading.one(
        actor,
        declarations.in_scope(actor, verb),
        pk,
        subject=Subject.DECLARATION,
        purpose=Purpose.DECLARE,
        verb=verb,
        also=lambda found: [(Subject.EMPLOYER, found.employer_id)],
    )


def receipt(actor: Actor, pk: int, verb: str = "receipt.read") -> Receipt:
    """One receipt. Raises Receipt.DoesNotExist outside the scope."""
    return reading.one(
        actor,
        receipts.in_scope(actor, verb),
        pk,
        subject=Subject.RECEIPT,
        purpose=Purpose.MONEY,
        verb=verb,
        also=lambda found: [(Subject.EMPLOYER, found.employer_id)],
    )


def bank_file(actor: Actor, pk: int, verb: str = "receipt.read") -> BankFile:
    """One statement file. Raises BankFile.DoesNotExist outside the scope."""
    return reading.one(
        actor,
        receipts.files_in_scope(actor, verb),
        pk,
        subject=Subject.BANK_FILE,
        purpose=Purpose.MONEY,
        verb=verb,
    )


def account(actor: Actor, pk: int, verb: str = "receipt.read") -> CollectingAccount:
    """One collecting account; it shows nobody. Raises CollectingAccount.DoesNotExist outside the scope."""
    return registers.accounts(actor, verb).get(pk=pk)


def refund(actor: Actor, pk: int, verb: str = "receipt.read") -> Refund:
    """One refund, its facts read again. Raises Refund.DoesNotExist outside the scope."""
    found = reading.one(
        actor,
        refunds.in_scope(actor, verb),
        pk,
        subject=Subject.REFUND,
        purpose=Purpose.REFUND,
        verb=verb,
        also=lambda one: [(Subject.EMPLOYER, one.employer_id), (Subject.PERSON, one.person_id)],
    )
    casework.looked(found)
    return found

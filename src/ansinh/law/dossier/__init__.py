"""Thời hạn hồ sơ chế độ: when a dossier must be settled, and until when people may file it.

`due` gives the day of the law and the shorter day the office announced; `filing_limit` and its neighbours the
limits of people and employers; `ends` counts any term in the three ways the law counts. Procedures and their
codes: `procedures.yaml`. Figures: `parameters.yaml`, read as `BOOK`; the announced times and the rule that a
term ending on a day off is moved are `unverified`, their texts are not at hand.

A dossier keeps the law of the day it was received on in full. Public holidays are the days the Labour Code
names; a day off in lieu makes up for a day of weekly rest (45/2019/QH14, Điều 111 khoản 3), so the clock that
leaves out public holidays counts it, as it counts Saturdays and Sundays.
"""

from ansinh.law.dossier.book import BOOK
from ansinh.law.dossier.due import (
    DECIDING,
    Due,
    asking_limit,
    due,
    filing_limit,
    filing_opens,
    forwarding_limit,
    paying_limit,
    supplement_limit,
)
from ansinh.law.dossier.procedures import (
    After,
    FiledBy,
    NoClockError,
    Procedure,
    UnknownProcedureError,
    WhoFilesError,
    matter_of,
    procedure,
    procedures,
)
from ansinh.law.dossier.terms import Count, Mode, Term, Wait, ends

__all__ = [
    "BOOK",
    "DECIDING",
    "After",
    "Count",
    "Due",
    "FiledBy",
    "Mode",
    "NoClockError",
    "Procedure",
    "Term",
    "UnknownProcedureError",
    "Wait",
    "WhoFilesError",
    "asking_limit",
    "due",
    "ends",
    "filing_limit",
    "filing_opens",
    "forwarding_limit",
    "matter_of",
    "paying_limit",
    "procedure",
    "procedures",
    "supplement_limit",
]

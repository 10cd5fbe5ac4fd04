"""Bộ máy pháp luật: what a rule file needs to say a clause once and have it answer one person or millions.

A clause is a plain function under `provision`; its figures come from a `ParameterBook`. Called as it stands
it answers one person; called inside `explain()` it also leaves its steps, with clauses and sources:

>>> from fractions import Fraction
>>> @provision("example.half", clause="41/2024/QH15, Điều 66 khoản 1", since="2025-07-01", term="một nửa")
... def half(amount: int) -> Fraction:
...     return Fraction(amount, 2)
>>> with explain() as explanation:
...     half(3)
Fraction(3, 2)
>>> [(step.name, step.term, step.value, step.clause) for step in explanation.steps]
[('example.half', 'một nửa', Fraction(3, 2), '41/2024/QH15, Điều 66 khoản 1')]

`resolve(id, on)` finds the version of a clause in force on a day and raises `NotInForce` where there is none;
`versions(first, second)` joins the versions of one clause under one typed name.
"""

from ansinh.law.engine.explanation import Explanation, ParameterUse, Step, explain
from ansinh.law.engine.instruments import Instrument, LawBookError, citations, instruments
from ansinh.law.engine.parameters import DatedValue, Parameter, ParameterBook, Scale, Table
from ansinh.law.engine.periods import NotInForce
from ansinh.law.engine.provisions import Provision, Versions, provision, provisions, resolve, versions
from ansinh.law.engine.tables import tabulated

__all__ = [
    "DatedValue",
    "Explanation",
    "Instrument",
    "LawBookError",
    "NotInForce",
    "Parameter",
    "ParameterBook",
    "ParameterUse",
    "Provision",
    "Scale",
    "Step",
    "Table",
    "Versions",
    "citations",
    "explain",
    "instruments",
    "provision",
    "provisions",
    "resolve",
    "tabulated",
    "versions",
]

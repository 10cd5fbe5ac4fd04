"""Bộ tính: the law library asked by name: facts in, results out, with the steps and articles behind them.

>>> answer = compute({
...     "calculator": "contribution.late_interest",
...     "as_of": "2026-01-31",
...     "facts": {"kind": "late", "amount": 10_000_000, "days_late": 30},
... })
>>> answer.results["interest_amount"]
90000
>>> answer.steps[0].clause.partition(";")[0]
'41/2024/QH15, Điều 40 khoản 1, Điều 41 khoản 1'
"""

from ansinh.law.calc.answer import Answer, compute
from ansinh.law.calc.contract import Calculator, calculators
from ansinh.law.calc.facts import FactError, FactProblem

__all__ = ["Answer", "Calculator", "FactError", "FactProblem", "calculators", "compute"]

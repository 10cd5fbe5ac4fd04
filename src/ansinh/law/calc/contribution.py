"""Các bộ tính ``contribution.*``: facts to the clauses on contributions and late payment."""

from ansinh.law.calc.late_interest import late_interest

__all__ = ["RULES"]

RULES = {
    "contribution.late_interest": late_interest,
}

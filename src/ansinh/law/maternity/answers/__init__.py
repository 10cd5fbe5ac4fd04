"""Trả lời về thai sản: the calculators of maternity by their ids."""

from ansinh.law.maternity.answers.benefits import benefit, condition, short_leave, surrogate_leave
from ansinh.law.maternity.answers.grants import lump_sum, voluntary_grant

__all__ = ["RULES"]

RULES = {
    "maternity.condition": condition,
    "maternity.benefit": benefit,
    "maternity.lump_sum": lump_sum,
    "maternity.voluntary_grant": voluntary_grant,
    "maternity.short_leave": short_leave,
    "maternity.surrogate_leave": surrogate_leave,
}

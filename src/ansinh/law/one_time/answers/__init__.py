"""Trả lời về bảo hiểm xã hội một lần: its calculators by their ids."""

from ansinh.law.one_time.answers.choice import one_time_choice
from ansinh.law.one_time.answers.payments import emigration_lump, one_time, regional_lump_sum

__all__ = ["RULES"]

RULES = {
    "retirement.one_time": one_time,
    "retirement.one_time_choice": one_time_choice,
    "retirement.emigration_lump": emigration_lump,
    "regional_allowance.lump_sum": regional_lump_sum,
}

"""Sổ các mức chung."""

from ansinh.law.engine import ParameterBook

LEVELS = ParameterBook.load(__package__ or "ansinh.law.levels")

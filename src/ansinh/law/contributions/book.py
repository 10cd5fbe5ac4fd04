"""Sổ tham số của ngành thu."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.contributions", including=[LEVELS])

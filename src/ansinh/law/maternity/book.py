"""Sổ tham số của chế độ thai sản."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.maternity", including=[LEVELS])

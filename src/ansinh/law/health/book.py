"""Sổ tham số của ngành bảo hiểm y tế."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.health", including=[LEVELS])

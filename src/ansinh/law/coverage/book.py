"""Sổ tham số của điều ước quốc tế về bảo hiểm xã hội."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.coverage", including=[LEVELS])

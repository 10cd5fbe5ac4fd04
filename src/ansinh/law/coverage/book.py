"""Sổ tham số của điều ước quốc tế về bảo hiểm xã hội."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class CoverageScale(LevelsScale):
    """Tham số của điều ước quốc tế về bảo hiểm xã hội vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.coverage", CoverageScale, including=[LEVELS])

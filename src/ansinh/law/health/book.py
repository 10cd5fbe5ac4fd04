"""Sổ tham số của ngành bảo hiểm y tế."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class HealthScale(LevelsScale):
    """Tham số của ngành bảo hiểm y tế vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.health", HealthScale, including=[LEVELS])

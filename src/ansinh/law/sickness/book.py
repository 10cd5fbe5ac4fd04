"""Sổ tham số của chế độ ốm đau."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class SicknessScale(LevelsScale):
    """Tham số của chế độ ốm đau vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.sickness", SicknessScale, including=[LEVELS])

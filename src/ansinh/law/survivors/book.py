"""Sổ tham số của chế độ tử tuất."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class SurvivorsScale(LevelsScale):
    """Tham số của chế độ tử tuất vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.survivors", SurvivorsScale, including=[LEVELS])

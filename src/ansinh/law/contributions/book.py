"""Sổ tham số của ngành thu."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class ContributionsScale(LevelsScale):
    """Tham số của ngành thu vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.contributions", ContributionsScale, including=[LEVELS])

"""Sổ các mức chung."""

from ansinh.law.engine import ParameterBook, Scale


class LevelsScale(Scale):
    """Các mức chung vào một ngày."""


LEVELS = ParameterBook.load("ansinh.law.levels", LevelsScale)

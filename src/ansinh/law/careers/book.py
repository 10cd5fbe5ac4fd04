"""Sổ tham số về quá trình đóng."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class CareersScale(LevelsScale):
    """Tham số về quá trình đóng vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.careers", CareersScale, including=[LEVELS])

"""Sổ tham số về tuổi nghỉ hưu và điều kiện hưởng lương hưu."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class RetirementScale(LevelsScale):
    """Tham số về tuổi nghỉ hưu và điều kiện hưởng lương hưu vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.retirement", RetirementScale, including=[LEVELS])

"""Sổ tham số của bảo hiểm thất nghiệp."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class UnemploymentScale(LevelsScale):
    """Tham số của bảo hiểm thất nghiệp vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.unemployment", UnemploymentScale, including=[LEVELS])

"""Sổ tham số của bảo hiểm xã hội tự nguyện."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class VoluntaryScale(LevelsScale):
    """Tham số của bảo hiểm xã hội tự nguyện vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.voluntary", VoluntaryScale, including=[LEVELS])

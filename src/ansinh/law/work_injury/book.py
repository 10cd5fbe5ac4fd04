"""Sổ tham số của chế độ tai nạn lao động, bệnh nghề nghiệp."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class WorkInjuryScale(LevelsScale):
    """Tham số của chế độ tai nạn lao động, bệnh nghề nghiệp vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.work_injury", WorkInjuryScale, including=[LEVELS])

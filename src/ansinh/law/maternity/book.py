"""Sổ tham số của chế độ thai sản."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS, LevelsScale


class MaternityScale(LevelsScale):
    """Tham số của chế độ thai sản vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.maternity", MaternityScale, including=[LEVELS])

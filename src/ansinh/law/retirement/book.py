"""Sổ tham số về tuổi nghỉ hưu và điều kiện hưởng lương hưu."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.retirement", including=[LEVELS])

"""Sổ tham số về quá trình đóng."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.careers", including=[LEVELS])

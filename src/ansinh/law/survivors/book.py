"""Sổ tham số của chế độ tử tuất."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.survivors", including=[LEVELS])

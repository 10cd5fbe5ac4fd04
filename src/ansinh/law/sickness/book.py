"""Sổ tham số của chế độ ốm đau."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.sickness", including=[LEVELS])

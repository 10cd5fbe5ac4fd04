"""Sổ tham số của bảo hiểm xã hội tự nguyện."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.voluntary", including=[LEVELS])

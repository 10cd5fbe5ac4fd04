"""Sổ tham số của bảo hiểm thất nghiệp."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.unemployment", including=[LEVELS])

"""Sổ tham số của ngành thu."""

from ansinh.law.engine import ParameterBook

BOOK = ParameterBook.load(__package__ or "ansinh.law.contributions")

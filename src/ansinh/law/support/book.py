"""Sổ tham số của các gói hỗ trợ."""

from ansinh.law.engine import ParameterBook

BOOK = ParameterBook.load(__package__ or "ansinh.law.support")

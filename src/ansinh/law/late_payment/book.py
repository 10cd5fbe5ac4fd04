"""Sổ tham số chậm đóng, trốn đóng."""

from ansinh.law.engine import ParameterBook

__all__ = ["BOOK"]

BOOK = ParameterBook.load("ansinh.law.late_payment")

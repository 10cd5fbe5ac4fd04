"""Sổ tham số của các gói hỗ trợ."""

from ansinh.law.engine import ParameterBook, Scale


class SupportScale(Scale):
    """Tham số của các gói hỗ trợ vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.support", SupportScale)

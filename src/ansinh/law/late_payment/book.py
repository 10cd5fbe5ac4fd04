"""Sổ tham số chậm đóng, trốn đóng."""

from ansinh.law.engine import ParameterBook, Scale

__all__ = ["BOOK", "LatePaymentScale"]


class LatePaymentScale(Scale):
    """Tham số chậm đóng, trốn đóng vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.late_payment", LatePaymentScale)

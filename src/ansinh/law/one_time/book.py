"""Sổ tham số của bảo hiểm xã hội một lần."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.careers.book import CareersScale
from ansinh.law.engine import ParameterBook


class OneTimeScale(CareersScale):
    """Tham số của bảo hiểm xã hội một lần vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.one_time", OneTimeScale, including=[CAREERS])

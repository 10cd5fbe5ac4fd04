"""Sổ tham số về lương hưu, trợ cấp một lần khi nghỉ hưu và điều chỉnh lương hưu."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.careers.book import CareersScale
from ansinh.law.engine import ParameterBook
from ansinh.law.retirement.book import BOOK as RETIREMENT
from ansinh.law.retirement.book import RetirementScale


class PensionsScale(CareersScale, RetirementScale):
    """Tham số về lương hưu, trợ cấp một lần khi nghỉ hưu và điều chỉnh lương hưu vào một ngày."""


# With the figures of odd months, of who may retire and the shared levels: one scale for every clause here.
BOOK = ParameterBook.load("ansinh.law.pensions", PensionsScale, including=[CAREERS, RETIREMENT])

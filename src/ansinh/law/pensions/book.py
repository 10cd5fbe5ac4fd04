"""Sổ tham số về lương hưu, trợ cấp một lần khi nghỉ hưu và điều chỉnh lương hưu."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.engine import ParameterBook

# With the figures of odd months and the shared levels, so that one scale serves every clause of an award.
BOOK = ParameterBook.load(__package__ or "ansinh.law.pensions", including=[CAREERS])

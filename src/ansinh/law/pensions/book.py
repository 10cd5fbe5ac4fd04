"""Sổ tham số về lương hưu, trợ cấp một lần khi nghỉ hưu và điều chỉnh lương hưu."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.engine import ParameterBook
from ansinh.law.retirement.book import BOOK as RETIREMENT

# With the figures of odd months, of who may retire and the shared levels: one scale for every clause here.
BOOK = ParameterBook.load(__package__ or "ansinh.law.pensions", including=[CAREERS, RETIREMENT])

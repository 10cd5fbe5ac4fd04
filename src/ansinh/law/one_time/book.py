"""Sổ tham số của bảo hiểm xã hội một lần."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.engine import ParameterBook

BOOK = ParameterBook.load(__package__ or "ansinh.law.one_time", including=[CAREERS])

"""Sổ tham số về trợ cấp hưu trí xã hội và trợ cấp hằng tháng."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.engine import ParameterBook

# With the figures of odd months, for the years contributed.
BOOK = ParameterBook.load(__package__ or "ansinh.law.social_pension", including=[CAREERS])

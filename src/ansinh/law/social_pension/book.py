"""Sổ tham số về trợ cấp hưu trí xã hội và trợ cấp hằng tháng."""

from ansinh.law.careers.book import BOOK as CAREERS
from ansinh.law.careers.book import CareersScale
from ansinh.law.engine import ParameterBook


class SocialPensionScale(CareersScale):
    """Tham số về trợ cấp hưu trí xã hội và trợ cấp hằng tháng vào một ngày."""


# With the figures of odd months, for the years contributed.
BOOK = ParameterBook.load("ansinh.law.social_pension", SocialPensionScale, including=[CAREERS])

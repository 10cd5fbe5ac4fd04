"""Sổ tham số của chế độ tai nạn lao động, bệnh nghề nghiệp."""

from ansinh.law.engine import ParameterBook
from ansinh.law.levels import LEVELS

BOOK = ParameterBook.load(__package__ or "ansinh.law.work_injury", including=[LEVELS])

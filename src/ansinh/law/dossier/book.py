"""Sổ tham số của thời hạn giải quyết hồ sơ."""

from ansinh.law.engine import ParameterBook

BOOK = ParameterBook.load(__package__ or "ansinh.law.dossier")

"""Sổ tham số của thời hạn giải quyết hồ sơ."""

from ansinh.law.engine import ParameterBook, Scale


class DossierScale(Scale):
    """Tham số của thời hạn giải quyết hồ sơ vào một ngày."""


BOOK = ParameterBook.load("ansinh.law.dossier", DossierScale)

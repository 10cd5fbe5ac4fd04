from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    name = "ansinh.office"
    label = "office"

    def ready(self) -> None:
        """Read what every room declares of its verbs; let deadlines count with announced days off."""
        from ansinh.kernel import workdays
        from ansinh.office.staff import calendar

        autodiscover_modules("rights")
        workdays.announced(calendar.announced)

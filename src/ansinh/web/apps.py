"""The faces of the office: pages for officers, and the shell they share."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ansinh.web"
    label = "web"
    verbose_name = "An Sinh"

    def ready(self) -> None:
        """What the parts of an address may be, before any URL table is read."""
        from ansinh.web import converters

        converters.register()

"""Tỉnh mẫu: an app in the demo profile only; it tells the sign-in page which accounts there are."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ansinh.demo"
    label = "demo"

    def ready(self) -> None:
        """Offer the accounts, whose face knows nothing of who offers them, and the runs that built it."""
        from ansinh.demo import accounts, building
        from ansinh.web.accounts import samples

        samples.offer(accounts.listing)
        building.declare()

from __future__ import annotations

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "ansinh.steering.targets"
    label = "targets"

    def ready(self) -> None:
        """Tell the engine of runs how figures are measured."""
        from ansinh.office.runs import kinds
        from ansinh.steering.targets.measuring import MEASURING

        kinds.register(MEASURING)

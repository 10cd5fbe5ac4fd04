from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "ansinh.registers"
    label = "registers"

    def ready(self) -> None:
        """Say which tables a run looks into for what was written since."""
        from ansinh.office.marks.tables import Table, register
        from ansinh.registers.relations import OF_EMPLOYER

        register(
            Table("registers_employer", "t.office_id"),
            Table("registers_employerstatus", OF_EMPLOYER),
            Table("registers_participation", OF_EMPLOYER),
            Table("registers_participationevent", OF_EMPLOYER, key="pgh_id", column="pgh_written"),
            Table("registers_workmonth", OF_EMPLOYER),
        )

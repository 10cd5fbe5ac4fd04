"""Thêm cột giao dịch ghi vào một bảng đang có: in a moment, whatever the number of its rows."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ansinh.office.marks.columns import BEFORE


class AddWritten(migrations.AddField):
    """AddField for `written_by()`: rows there already are of `BEFORE`, and no row is rewritten.

    Django's own would write the migration's number into every row.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002 -- Django hands it over
        to_state: Any,
    ) -> None:
        """Two statements that change the catalogue alone."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        about = model._meta  # noqa: SLF001 -- Django's own way to ask a model about itself
        table, column = about.db_table, about.get_field(self.name).column
        schema_editor.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} xid8 NOT NULL DEFAULT '{BEFORE}'::xid8"
        )
        schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT pg_current_xact_id()")

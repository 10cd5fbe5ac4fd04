"""Thêm cột giao dịch ghi vào một bảng đang có: in a moment, whatever the number of its rows."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ansinh.office.marks.columns import BEFORE, XidField


class AddWritten(migrations.AddField):
    """AddField for `written_by()`: rows there already are of `BEFORE`, and no row is rewritten.

    Django's own would write the migration's number into every row.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Two statements that change the catalogue alone: a constant default, then the lasting one."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        lasting = model._meta.get_field(self.name)  # noqa: SLF001 -- Django's own way to ask a model
        first = XidField(editable=False, db_default=str(BEFORE))
        first.set_attributes_from_name(self.name)
        first.model = model
        table = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_field(table, first)
        schema_editor.alter_field(table, first, lasting)

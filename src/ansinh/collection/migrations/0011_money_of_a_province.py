"""Statements of banks and the money in them stand in the books of a province, as the ledger's lines do."""

from django.db import migrations, models

FILL = """
    ALTER TABLE collection_{table} ADD COLUMN unit_id bigint;
    ALTER TABLE collection_{table} DISABLE TRIGGER USER;
    UPDATE collection_{table} t SET unit_id = p.id
    FROM registers_collectingaccount a
    JOIN office_unit o ON o.id = a.office_id
    JOIN office_unit p ON p.kind = 'province' AND starts_with(o.path, p.path)
    WHERE a.id = t.account_id;
    ALTER TABLE collection_{table} ENABLE TRIGGER USER;
    ALTER TABLE collection_{table} ALTER COLUMN unit_id SET NOT NULL"""


def in_books(model: str) -> migrations.SeparateDatabaseAndState:
    """The column, filled in one statement by the province of the account."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                FILL.format(table=model), f"ALTER TABLE collection_{model} DROP COLUMN unit_id"
            )
        ],
        state_operations=[
            migrations.AddField(
                model,
                "unit_id",
                models.BigIntegerField(help_text="province whose books these are"),
                preserve_default=False,
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("collection", "0010_books_of_a_province")]

    operations = [
        migrations.RemoveIndex("receipt", "receipt_employer"),
        in_books("bankfile"),
        in_books("receipt"),
        migrations.AddIndex(
            "bankfile", models.Index(fields=["unit_id", "state"], name="bank_file_books")
        ),
        migrations.AddIndex(
            "receipt",
            models.Index(fields=["unit_id", "matched_month", "employer"], name="receipt_books"),
        ),
    ]

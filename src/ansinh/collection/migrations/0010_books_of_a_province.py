"""Rows of a month stand in the books of a province, first in the indexes that pages and runs use.

A run wrote each of them, and a run has a province. Where only one province has books, as in every office so
far, the column comes with that value and no row is written anew; else the rows are filled in one statement.
"""

from django.db import migrations, models

TABLES = ("due", "charge", "allocation", "openitem", "statement")
FILL = """
    DO $$
    DECLARE
        provinces int;
        province bigint;
    BEGIN
        SELECT count(DISTINCT unit_id), min(unit_id) INTO provinces, province
        FROM office_run WHERE id IN (SELECT run_id FROM collection_statement);
        IF provinces = 1 AND NOT EXISTS (
            SELECT FROM collection_{table} t WHERE t.run_id NOT IN (SELECT id FROM office_run)
        ) THEN
            EXECUTE format(
                'ALTER TABLE collection_{table} ADD COLUMN unit_id bigint NOT NULL DEFAULT %s', province
            );
            ALTER TABLE collection_{table} ALTER COLUMN unit_id DROP DEFAULT;
        ELSE
            ALTER TABLE collection_{table} ADD COLUMN unit_id bigint;
            ALTER TABLE collection_{table} DISABLE TRIGGER USER;
            UPDATE collection_{table} t SET unit_id = coalesce(
                (SELECT r.unit_id FROM office_run r WHERE r.id = t.run_id),
                (SELECT p.id FROM registers_employer e
                 JOIN office_unit o ON o.id = e.office_id
                 JOIN office_unit p ON p.kind = 'province' AND starts_with(o.path, p.path)
                 WHERE e.id = t.employer_id));
            ALTER TABLE collection_{table} ENABLE TRIGGER USER;
            ALTER TABLE collection_{table} ALTER COLUMN unit_id SET NOT NULL;
        END IF;
    END $$"""


def in_books(model: str) -> migrations.SeparateDatabaseAndState:
    """The column, filled."""
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
    dependencies = [
        ("collection", "0009_what_was_written_when"),
        ("office", "0013_runs_of_any_kind"),
        ("registers", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("statement", "statement_once"),
        *(
            migrations.RemoveIndex(model, f"{name}_{what}")
            for model, name in (
                ("due", "due"),
                ("charge", "charge"),
                ("allocation", "allocation"),
                ("openitem", "open_item"),
            )
            for what in ("employer", "person", "month")
        ),
        migrations.RemoveIndex("statement", "statement_worst"),
        *(in_books(model) for model in TABLES),
        *(
            migrations.AddIndex(
                model, models.Index(fields=["unit_id", "month", "employer_id"], name=f"{name}_books")
            )
            for model, name in (
                ("due", "due"),
                ("charge", "charge"),
                ("allocation", "allocation"),
                ("openitem", "open_item"),
            )
        ),
        *(
            migrations.AddIndex(model, models.Index(fields=["person_id"], name=f"{model}_of_person"))
            for model in ("due", "allocation")
        ),
        migrations.AddIndex(
            "statement",
            models.Index(fields=["employer_id", "month", "version"], name="statement_of_employer"),
        ),
        migrations.AddConstraint(
            "statement",
            models.UniqueConstraint(
                fields=["unit_id", "month", "employer_id", "version"], name="statement_once"
            ),
        ),
    ]

"""Letters issued before series were kept enter the series of their province and year, as they are numbered."""

from __future__ import annotations

from django.db import migrations

FORMER = r"""
    WITH former AS (
        SELECT u.id, r.unit_id, extract(year FROM u.issued_on)::int AS year, u.number,
               substring(u.number FROM '^\d{1,9}')::int AS value
        FROM collection_urge u JOIN office_run r ON r.id = u.run_id
        WHERE u.number ~ '^0*[1-9]\d{0,8}/'
    ), series AS (
        INSERT INTO office_series (unit_id, kind, year, last, began)
        SELECT unit_id, 'urge', year, max(value), max(value) FROM former GROUP BY unit_id, year
        RETURNING id, unit_id, year
    )
    INSERT INTO office_officialnumber (series_id, value, text, thing, key)
    SELECT DISTINCT ON (s.id, f.value) s.id, f.value, f.number, 'urge', f.id
    FROM former f JOIN series s USING (unit_id, year) ORDER BY s.id, f.value, f.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0004_decided_rows_stay"),
        ("office", "0010_official_numbers"),
    ]

    operations = [migrations.RunSQL(FORMER, migrations.RunSQL.noop)]

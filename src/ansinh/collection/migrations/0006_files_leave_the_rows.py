"""Uploaded lists and waiting statements move from their rows into the store of documents, one at a time.

Digests stay: a document is named by the SHA-256 of the very bytes. Backwards the rows get their bytes again
from the store, where they stay as well.
"""

import io

from django.db import migrations

from ansinh.office.documents import examining, stores

MOVED = (
    ("declaration", "collection_declaration", "file", "received_by_id", "received_at", "TRUE"),
    ("bank_file", "collection_bankfile", "data", "read_by_id", "read_at", "state = 'waiting'"),
)


def out_of_the_rows(apps, schema_editor):
    store = stores.current()
    with schema_editor.connection.cursor() as cursor:
        for thing, table, column, by, at, _back in MOVED:
            cursor.execute(f"SELECT id FROM {table} WHERE octet_length({column}) > 0 ORDER BY id")
            for (key,) in cursor.fetchall():
                cursor.execute(f"SELECT {column}, file_name, {by}, {at} FROM {table} WHERE id = %s", [key])
                data, name, who, when = cursor.fetchone()
                source = io.BytesIO(bytes(data))
                digest, size, kind = examining.told(source)
                name = examining.safe_name(name)
                if store.size(digest) != size:
                    store.put(digest, source)
                cursor.execute(
                    """INSERT INTO office_document (digest, size, kind, first_name, received_by_id, received_at)
                       VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (digest) DO NOTHING""",
                    [digest, size, kind, name, who, when],
                )
                cursor.execute(
                    """INSERT INTO office_attachment
                         (document_id, thing, key, role, file_name, attached_by_id, attached_at)
                       SELECT id, %s, %s, 'original', %s, %s, %s FROM office_document WHERE digest = %s
                       ON CONFLICT DO NOTHING""",
                    [thing, key, name, who, when, digest],
                )


def into_the_rows(apps, schema_editor):
    store = stores.current()
    with schema_editor.connection.cursor() as cursor:
        for thing, table, column, _by, _at, back in MOVED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # booked rows get their bytes again too
            cursor.execute(
                f"""SELECT t.id, d.digest FROM {table} t
                    JOIN office_attachment a ON a.thing = %s AND a.key = t.id AND a.role = 'original'
                    JOIN office_document d ON d.id = a.document_id
                    WHERE {back} ORDER BY t.id""",
                [thing],
            )
            for key, digest in cursor.fetchall():
                data = b"".join(store.pieces(digest))
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [data, key])
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0005_letters_in_their_series'),
        ('office', '0012_documents'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='bankfile',
            name='bank_file_bytes',
        ),
        migrations.RunPython(out_of_the_rows, into_the_rows),
    ]

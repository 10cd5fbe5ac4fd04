import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0006_files_leave_the_rows'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='bankfile',
            name='data',
        ),
        migrations.RemoveField(
            model_name='declaration',
            name='file',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankfile',
            trigger=pgtrigger.compiler.Trigger(name='bank_file_bytes', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NOT EXISTS (\n                SELECT 1 FROM office_attachment a JOIN office_document d ON d.id = a.document_id\n                WHERE a.thing = 'bank_file' AND a.key = NEW.id AND a.role = 'original' AND d.digest = NEW.digest\n            ) THEN\n                RAISE EXCEPTION 'chưa cất tệp đã đọc / the file it was read from is not kept (bank_file_bytes)'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_file_bytes';\n            END IF;\n            RETURN NULL;\n        ", hash='fc719ec5c8d1591d783f477e07c2ff3c05b56f75', operation='INSERT', pgid='pgtrigger_bank_file_bytes_8543b', table='collection_bankfile', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]

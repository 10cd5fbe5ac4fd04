from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE registers_si_number MAXVALUE 99999999",
            "DROP SEQUENCE registers_si_number",
        )
    ]

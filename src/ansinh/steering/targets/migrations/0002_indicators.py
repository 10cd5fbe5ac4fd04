"""The dictionary of indicators, as `targets/indicators.yaml` defines it."""

from django.db import migrations


def seed(apps, schema_editor):
    from ansinh.steering.targets.dictionary import entries

    indicator = apps.get_model("targets", "Indicator")
    indicator.objects.bulk_create(indicator(**entry.fields()) for entry in entries().values())


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]

"""The chart of accounts, as `ledger.services.chart` describes it."""

from django.db import migrations


def seed(apps, schema_editor):
    from ansinh.ledger.services import chart

    account = apps.get_model("ledger", "Account")
    account.objects.bulk_create(account(code=c, name=n, fund=f) for c, n, f in chart())


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]

"""A decision keeps the digest of what its page showed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0004_seal_factors")]

    operations = [
        migrations.AddField(
            model_name="hand",
            name="seen",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="digest of what a decision was shown",
                max_length=64,
            ),
        ),
    ]

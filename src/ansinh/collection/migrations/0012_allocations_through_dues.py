"""Allocations of a person are found through the dues they were given for: the index grows at its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0011_money_of_a_province")]

    operations = [
        migrations.AddIndex(
            "allocation",
            models.Index(fields=["unit_id", "month", "employer_id", "person_id"], name="allocation_person"),
        ),
        migrations.RemoveIndex("allocation", "allocation_books"),
        migrations.RemoveIndex("allocation", "allocation_of_person"),
    ]

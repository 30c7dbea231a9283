"""Why a reviewer takes a confirmation back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_acceptance_note")]

    operations = [
        migrations.AddField(
            "regimechange",
            "reason",
            models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
    ]

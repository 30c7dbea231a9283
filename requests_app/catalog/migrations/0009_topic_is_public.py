"""Which topics other software may list and file by Open311."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_regimechange_reason")]

    operations = [
        migrations.AddField(
            "topic",
            "is_public",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="ils lisent ses demandes sans le nom des personnes",
                verbose_name="proposé aux autres logiciels",
            ),
        ),
    ]

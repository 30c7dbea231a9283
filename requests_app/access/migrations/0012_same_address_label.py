"""« Même adresse » is a postal address too; no statement reaches the database."""

from django.db import migrations, models

KINDS = [
    ("same_name", "Même nom de famille que l’agent"),
    ("same_address", "Même adresse que l’agent"),
    ("many", "Beaucoup de demandes hors de son travail"),
    ("sample", "Tirée au sort ce mois-ci"),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0011_reading_alert_kinds")]

    operations = [
        migrations.AlterField("readingalert", "kind", models.CharField(choices=KINDS, max_length=12)),
    ]

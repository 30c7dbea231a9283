"""What is taken as a file is figures, a list or a person's data; no statement reaches the database."""

from django.db import migrations, models

KINDS = [
    ("ticket", "Demande"),
    ("preview", "Aperçu"),
    ("person", "Personne"),
    ("file", "Fichier"),
    ("arrival", "Arrivée brute"),
    ("export", "Données emportées dans un fichier"),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0013_break_glass_grant")]

    operations = [migrations.AlterField("reading", "kind", models.CharField(choices=KINDS, max_length=10))]

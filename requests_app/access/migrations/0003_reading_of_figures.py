from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_journal_only_grows")]

    operations = [
        migrations.AlterField(
            model_name="reading",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ticket", "Demande"),
                    ("preview", "Aperçu"),
                    ("person", "Personne"),
                    ("file", "Fichier"),
                    ("arrival", "Arrivée brute"),
                    ("export", "Export des chiffres"),
                ],
                max_length=10,
            ),
        ),
    ]

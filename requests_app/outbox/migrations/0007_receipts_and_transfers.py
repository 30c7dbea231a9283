from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0006_notices_and_provider_ids")]

    operations = [
        migrations.AlterField(
            model_name="outgoing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledgment", "Accusé de réception"),
                    ("receipt", "Accusé de réception complet"),
                    ("transfer", "Transmission à un autre organisme"),
                    ("answer", "Réponse"),
                    ("reminder", "Rappel"),
                    ("survey", "Demande d’avis"),
                    ("notice", "Information"),
                ],
                max_length=20,
            ),
        ),
    ]

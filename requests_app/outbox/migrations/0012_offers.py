from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0011_overseas_recipients"),
    ]

    operations = [
        migrations.AlterField(
            model_name="outgoing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledgment", "Accusé de réception"),
                    ("receipt", "Accusé de réception complet"),
                    ("transfer", "Transmission à un autre organisme"),
                    ("handover", "Demande remise à un autre organisme"),
                    ("answer", "Réponse"),
                    ("code", "Code de suivi"),
                    ("reminder", "Rappel"),
                    ("survey", "Demande d’avis"),
                    ("notice", "Information"),
                    ("appointment", "Rendez-vous"),
                    ("offer", "Date proposée"),
                ],
                max_length=20,
            ),
        ),
    ]

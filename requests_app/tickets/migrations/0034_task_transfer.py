from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0033_visits_of_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("check_contact", "Vérifier un contact"),
                    ("check_sending", "Vérifier un envoi"),
                    ("acknowledge", "Accuser réception"),
                    ("call", "Appeler la personne"),
                    ("letter", "Poster un courrier"),
                    ("appointment", "Revoir un rendez-vous"),
                    ("transfer", "Transmettre la demande"),
                ],
                max_length=20,
            ),
        ),
    ]

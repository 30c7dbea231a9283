from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reminders", "0003_french_names")]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("confirmation", "Rendez-vous donné"),
                    ("reminder", "Rappel"),
                    ("cancellation", "Rendez-vous annulé"),
                    ("cancelled_as_asked", "Annulation confirmée"),
                ],
                max_length=20,
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0005_reply_of_the_person")]

    operations = [
        migrations.AddField(
            model_name="appointmenttype",
            name="booked_by",
            field=models.CharField(
                choices=[
                    ("agent", "Les agents"),
                    ("citizen", "Les usagers"),
                    ("both", "Les agents et les usagers"),
                ],
                db_default="both",
                default="both",
                max_length=8,
                verbose_name="pris par",
            ),
        ),
        migrations.AddField(
            model_name="appointmenttype",
            name="buffer_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="minutes gardées après"
            ),
        ),
        migrations.AddField(
            model_name="appointmenttype",
            name="for_whom",
            field=models.CharField(
                choices=[
                    ("first_time", "Une première fois"),
                    ("follow_up", "La suite"),
                    ("both", "Une première fois ou la suite"),
                ],
                db_default="both",
                default="both",
                max_length=10,
                verbose_name="donné pour",
            ),
        ),
        migrations.AddField(
            model_name="appointmenttype",
            name="needs_room",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="demande un bureau ou une salle"
            ),
        ),
        migrations.AddField(
            model_name="appointmenttype",
            name="notice_max_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Vide : sans limite.",
                null=True,
                verbose_name="délai le plus long, en jours",
            ),
        ),
        migrations.AddField(
            model_name="appointmenttype",
            name="notice_min_minutes",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="délai le plus court, en minutes"
            ),
        ),
    ]

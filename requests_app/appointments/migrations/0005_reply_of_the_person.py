from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0004_moved_from")]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="reply",
            field=models.CharField(
                blank=True,
                choices=[
                    ("coming", "Dit qu’elle viendra"),
                    ("not_coming", "Dit qu’elle ne viendra pas"),
                    ("other_date", "Demande une autre date"),
                    ("wrote", "A écrit, à lire"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="replied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

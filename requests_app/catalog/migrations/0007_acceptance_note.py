from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_archive_months"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="acceptance_note",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="ce que l’accord a de propre à ce sujet, par exemple un montant provisoire",
                max_length=300,
                verbose_name="phrase ajoutée à un accord",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="acceptance_note_en",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                max_length=300,
                verbose_name="la même phrase, en anglais",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_topic_reopen_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompetentBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="comme le sujet ou la demande le nomme, par exemple « Mairie de Bron »",
                        max_length=250,
                        unique=True,
                        verbose_name="organisme",
                    ),
                ),
                (
                    "mail",
                    models.EmailField(
                        blank=True,
                        help_text="vide : un agent transmet la demande lui-même",
                        max_length=254,
                        verbose_name="adresse e-mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme compétent",
                "verbose_name_plural": "organismes compétents",
            },
        ),
    ]

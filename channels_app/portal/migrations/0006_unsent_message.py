import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0005_draft_rotated_at"),
        ("tickets", "0047_reasons_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsentMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opener", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("saved_at", models.DateTimeField(db_index=True)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "opener"), name="unsent_message_of_opener"),
                ],
            },
        ),
    ]

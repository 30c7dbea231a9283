"""The channels are those that register themselves: no model lists them. Nothing changes in the database."""

from django.db import migrations, models

from requests_app.channels.registry import choices


class Migration(migrations.Migration):
    dependencies = [("tickets", "0052_papers_put_right")]

    operations = [
        migrations.AlterField("ticket", "channel", models.CharField(max_length=10, choices=choices)),
        migrations.AlterField(
            "ticket",
            "excerpt_channel",
            models.CharField(max_length=10, choices=choices, default="", db_default="", blank=True),
        ),
        migrations.AlterField("touchpoint", "channel", models.CharField(max_length=10, choices=choices)),
    ]

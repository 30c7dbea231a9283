"""The channels are those that register themselves. Nothing changes in the database."""

from django.db import migrations, models

from requests_app.channels.registry import choices


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_raw_stored_once")]

    operations = [
        migrations.AlterField("arrival", "channel", models.CharField(max_length=10, choices=choices))
    ]

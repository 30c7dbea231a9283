from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # intake goes on while the index is built
    dependencies = [("tickets", "0032_answered_list")]

    operations = [
        AddIndexConcurrently(
            model_name="touchpoint",
            index=models.Index(
                condition=models.Q(("channel", "frontdesk")),
                fields=["maison", "occurred_at"],
                name="touchpoint_visits",
            ),
        ),
    ]

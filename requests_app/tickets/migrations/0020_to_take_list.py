from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # intake goes on while the index is built
    dependencies = [("tickets", "0019_topic_lists")]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("assignee", None), ("state", "open")),
                fields=["maison", "waiting_since", "id"],
                name="ticket_to_take_list",
            ),
        ),
    ]

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # intake goes on while the index is built
    dependencies = [("tickets", "0050_service_answered")]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("outcome", "transferred")),
                fields=["topic", "received_at", "id"],
                name="ticket_given_list",
            ),
        ),
    ]

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # intake goes on while the index is built
    dependencies = [("tickets", "0031_person_wrote")]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("person_wrote_at__isnull", False)),
                fields=["maison", "waiting_since", "id"],
                name="ticket_answered_list",
            ),
        ),
    ]

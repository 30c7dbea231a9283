from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import MD5


class Migration(migrations.Migration):
    atomic = False  # intake goes on while the indexes are built
    dependencies = [("tickets", "0029_ticket_merges")]

    operations = [
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="ticket_merged_into",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("split_from__isnull", False)),
                fields=["split_from"],
                name="ticket_split_from",
            ),
        ),
        AddIndexConcurrently(
            model_name="touchpoint",
            index=models.Index(MD5(KT("facts__message_id")), name="touchpoint_message_id"),
        ),
    ]

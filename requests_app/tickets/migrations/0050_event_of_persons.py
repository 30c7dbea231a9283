import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # tickets are written while the index is built
    dependencies = [("tickets", "0049_decided_on")]

    operations = [
        AddIndexConcurrently(
            model_name="event",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(
                    ("kind__in", ("person_linked", "person_back", "person_merged", "person_unmerged"))
                ),
                fields=["data"],
                name="event_of_persons",
                opclasses=["jsonb_path_ops"],
            ),
        ),
    ]

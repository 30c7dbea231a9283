from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # visits go on while the index is built
    dependencies = [("people", "0019_overseas_numbers")]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(fields=["birth_year"], name="person_birth_year"),
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0034_task_transfer"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="shared_with",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=Q(maison=None), fields=["shared_with"], name="ticket_shared_list"
            ),
        ),
    ]

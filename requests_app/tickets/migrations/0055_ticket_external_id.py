"""What the program that brought a ticket calls it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("tickets", "0054_todo")]

    operations = [
        migrations.AddField(
            "ticket",
            "external_id",
            models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddIndex(
            "ticket",
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="ticket_external_id"),
        ),
    ]

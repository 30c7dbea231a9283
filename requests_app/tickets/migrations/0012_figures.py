from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("tickets", "0011_attachment_control")]

    operations = [
        migrations.AddIndex(
            "ticket",
            models.Index(
                fields=["received_at", "id"],
                include=["maison", "channel", "topic"],
                name="ticket_received_figures",
            ),
        ),
        migrations.AddIndex(
            "ticket",
            models.Index(
                fields=["closed_at"],
                include=["maison"],
                condition=Q(closed_at__isnull=False),
                name="ticket_closed_figures",
            ),
        ),
        migrations.AddIndex(
            "ticket",
            models.Index(
                fields=["first_answered_at"],
                include=["maison", "channel", "received_at"],
                condition=Q(first_answered_at__isnull=False),
                name="ticket_answered_figures",
            ),
        ),
        migrations.AddIndex(
            "ticket",
            models.Index(fields=["maison", "received_at", "id"], name="ticket_maison_received"),
        ),
    ]

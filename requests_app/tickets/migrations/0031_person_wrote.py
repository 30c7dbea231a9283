from typing import Any

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef


def mark_what_waits(apps: Any, schema_editor: Any) -> None:
    """Open tickets whose person wrote since our last answer: their wait began again with those words."""
    tickets = apps.get_model("tickets", "Ticket").objects.exclude(state="closed")
    words = apps.get_model("tickets", "Touchpoint").objects.filter(
        ticket=OuterRef("pk"), direction="in", occurred_at=OuterRef("waiting_since")
    )
    again = tickets.filter(answered_at__isnull=False, waiting_since__gt=F("answered_at"))
    again.filter(Exists(words)).update(person_wrote_at=F("waiting_since"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0030_story_indexes")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="excerpt_channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mail", "E-mail"),
                    ("sms", "SMS"),
                    ("portal", "Formulaire"),
                    ("frontdesk", "Visite"),
                    ("phone", "Téléphone"),
                    ("letter", "Courrier"),
                    ("chat", "Tchat"),
                    ("partner", "Partenaire"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="person_wrote_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(mark_what_waits, migrations.RunPython.noop),
    ]

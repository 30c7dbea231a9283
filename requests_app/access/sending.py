"""An agent who sends a ticket away still reads it for a day: they answer for where it went (threats: N11)."""

from datetime import datetime

from requests_app.access.models import SentAway
from requests_app.access.models.sent_away import READS_FOR


def let_read(*, user_id: int, ticket_id: int, at: datetime) -> None:
    """Leave a ticket open to its sender for a day; purge those that have expired meanwhile."""
    mine = SentAway.objects.filter(user_id=user_id)
    mine.filter(until__lt=at).delete()
    mine.update_or_create(ticket_id=ticket_id, defaults={"user_id": user_id, "until": at + READS_FOR})

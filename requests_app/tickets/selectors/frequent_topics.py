"""What a Maison really receives: suggestions put the most frequent first."""

from datetime import datetime, timedelta

from django.db.models import Count

from requests_app.tickets.models import Ticket

SEASON = timedelta(days=90)


def received_topics(maison_id: int | None, *, at: datetime) -> dict[int, int]:
    """Count the tickets of the last three months by topic; one statement, none without a Maison."""
    if maison_id is None:
        return {}
    lately = Ticket.objects.filter(maison=maison_id, received_at__gt=at - SEASON, received_at__lte=at)
    counted = lately.exclude(topic=None).order_by().values_list("topic").annotate(n=Count("pk"))
    return dict(counted)

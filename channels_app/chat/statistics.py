"""What managers read of the chat: how soon the first answer comes, and how many conversations were enough."""

from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from channels_app.chat.key import KEY
from channels_app.chat.models import Thread
from requests_app.channels.description import Counted, Statistic, Unit
from requests_app.tickets.models import State, Touchpoint

MINUTE = timedelta(minutes=1)
IS_OVER = Q(ticket__state=State.CLOSED)


class Median(Aggregate):
    """Compute the value that half of the rows do not exceed."""

    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def statistics(asked: Counted) -> list[Statistic]:
    """Count the conversations begun in the period, in one statement."""
    found = _threads(asked).aggregate(
        answered=Count("waited"),
        median=Median("waited"),
        over=Count("pk", filter=IS_OVER),
        enough=Count("pk", filter=IS_OVER & Q(goes_elsewhere=False)),
    )
    minutes = round((found["median"] or timedelta()) / MINUTE)
    return [
        Statistic(_("Première réponse, médiane"), Unit.MINUTES, minutes, found["answered"]),
        Statistic(_("Terminées sans autre canal"), Unit.PART, found["enough"], found["over"]),
    ]


def _threads(asked: Counted) -> QuerySet[Thread]:
    """Select them with how long the first answer took, and whether anybody used another channel."""
    threads = Thread.objects.filter(created_at__gte=asked.since, created_at__lt=asked.until)
    if asked.maisons is not None:
        threads = threads.filter(ticket__maison__in=asked.maisons)
    if asked.topic_id is not None:
        threads = threads.filter(ticket__topic=asked.topic_id)
    first = Min("lines__at", filter=Q(lines__outgoing__isnull=False))
    return threads.annotate(waited=first - F("created_at"), goes_elsewhere=Exists(_elsewhere()))


def _elsewhere() -> QuerySet[Touchpoint]:
    """Select what was said of the ticket by another channel: neither what leaves by itself nor an opinion."""
    others = Touchpoint.objects.filter(ticket=OuterRef("ticket")).exclude(channel=KEY)
    said = others.filter(Q(direction=Touchpoint.Direction.IN) | Q(author__isnull=False))
    return said.exclude(facts__has_key="opinion")

"""What the chat stores about a ticket: the thread and its lines."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from channels_app.chat.links import PURPOSE
from channels_app.chat.models import Thread
from requests_app.lib.holdings import TICKET, Collected, Holding, Loose, ends_alone, holds
from requests_app.outbox.models import SecretLink

THREAD = "chat.Thread"


def _links(collected: Collected) -> Iterable[int]:
    """Return the links to these threads."""
    links = SecretLink.objects.filter(purpose=PURPOSE, subject_id__in=collected.keys_of(THREAD))
    return links.values_list("pk", flat=True)


def _ticketless(before: datetime) -> QuerySet[Thread]:
    """Return the threads whose lines became no ticket."""
    return Thread.objects.filter(ticket=None, created_at__lt=before)


ends_alone(Loose(THREAD, gettext_lazy("Conversations sans demande"), "created_at", _ticketless))
holds(
    Holding(THREAD, points_to=(("ticket", TICKET),)),
    Holding(
        "chat.Line",
        points_to=(("thread", THREAD), ("arrival", "intake.Arrival"), ("outgoing", "outbox.Outgoing")),
    ),
    # named after the room that declares the links of messages: both look for theirs
)

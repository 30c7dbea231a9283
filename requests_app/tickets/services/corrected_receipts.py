"""Send a new receipt when the legal department has corrected the one sent: it would take a right away.

A regime may be confirmed, then changed or withdrawn. A message that left cannot be recalled; the next one
says that it replaces it (CRPA, art. R112-5). Reviewers have an hour to change their mind before it leaves.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from requests_app.catalog.models import Topic
from requests_app.tickets.messages.receipt import IS_MAILED, facts_of
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services.receipts import confirm

AFTER, WITHIN = timedelta(hours=1), timedelta(days=7)
MAX_A_TURN = 200
LAW = ("regime", "day", "appeal", "author", "note")
"""What a reviewer corrects; documents have their own words and their own moments."""


def correct_receipts(*, at: datetime) -> None:
    """Queue new receipts for open tickets whose last one states another law; idempotent."""
    changed = Topic.objects.annotate(last=Max("regime_changes__at"))
    for topic in changed.filter(last__range=(at - WITHIN, at - AFTER)):
        for ticket in _told_otherwise(topic):
            confirm(ticket=ticket, at=at)


def _told_otherwise(topic: Topic) -> Iterator[Ticket]:
    tickets = Ticket.objects.open().filter(topic=topic, merged_into=None, decided_on=None)
    receipts = find_receipts().filter(ticket__topic=topic).values("ticket")
    whole = tickets.filter(pk__in=receipts).select_related("topic", "maison__commune", "person")
    wrong = (ticket for ticket in whole.order_by("pk").iterator(chunk_size=500) if _is_wrong(ticket, topic))
    for _rank, ticket in zip(range(MAX_A_TURN), wrong, strict=False):
        yield ticket


def _is_wrong(ticket: Ticket, topic: Topic) -> bool:
    """Tell whether the last receipt that left stated what silence decides, and wrongly as of today."""
    receipts = find_receipts().filter(ticket=ticket).select_related("outgoing")
    last = receipts.order_by("-occurred_at", "-pk").first()
    if last is None:
        return False
    said = last.outgoing.payload if last.outgoing else last.facts["receipt"]
    if said.get("regime", Topic.Regime.NONE) == Topic.Regime.NONE:
        return False
    now = facts_of(ticket, topic)
    return any(said.get(name, now[name]) != now[name] for name in LAW)


def find_receipts() -> QuerySet[Touchpoint]:
    """Return receipts that left by mail, or were posted."""
    is_posted = Q(outgoing=None, facts__has_key="receipt")
    return Touchpoint.objects.filter(IS_MAILED | is_posted, direction=Touchpoint.Direction.OUT)

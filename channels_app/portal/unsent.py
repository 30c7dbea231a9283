"""What was being written on a page that closes: stored a day for whoever opens it again (threats: F04)."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from channels_app.portal.codes import SURE
from channels_app.portal.models import UnsentMessage
from requests_app.outbox import left_pages, links
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket

KEPT_FOR = timedelta(days=1)
PROVEN = "code"


def keep(secret: str, text: str, *, at: datetime) -> None:
    """Store the text of a page that is closing, or closed within the day, for whoever opens it again."""
    found = links.resolve(secret, at - KEPT_FOR) if text.strip() else None
    if found and found[0] in {FOLLOW, SURE} and Ticket.objects.filter(pk=found[1]).exists():
        defaults = {"text": text, "saved_at": at}
        UnsentMessage.objects.update_or_create(
            ticket_id=found[1], opener=_opener(secret, found[0]), defaults=defaults
        )


def find(request: HttpRequest, ticket: Ticket, secret: str, purpose: str) -> str:
    """Return the text stored for this secret; after a code, that of the last time.

    A browser that never closed a page has none, and costs no statement.
    """
    if purpose != SURE and left_pages.COOKIE not in request.COOKIES:
        return ""
    rows = UnsentMessage.objects.filter(ticket=ticket, opener=_opener(secret, purpose))
    return rows.values_list("text", flat=True).first() or ""


def forget(ticket: Ticket, secret: str, purpose: str) -> None:
    """Delete the stored text: it was sent, or another was."""
    UnsentMessage.objects.filter(ticket=ticket, opener=_opener(secret, purpose)).delete()


def purge_expired(*, at: datetime) -> int:
    """Delete texts nobody came back for; returns how many."""
    return UnsentMessage.objects.filter(saved_at__lt=at - KEPT_FOR).delete()[0]


def _opener(secret: str, purpose: str) -> str:
    """Return who may read it: two persons of one ticket have a link each, and read only their own text."""
    return PROVEN if purpose == SURE else left_pages.mark_of(secret)

"""Which ticket a secret link opens, and to whom (threats: W09)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest

from channels_app.portal.bookable import bookable_types
from channels_app.portal.codes import SURE
from requests_app.outbox import left_pages, links
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket

JOINED = ("maison__commune", "topic", "merged_into__maison__commune", "merged_into__topic")


class NeedsCode(Exception):
    """The link alone is not enough for this ticket, or no longer in this browser."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as its page shows it; ``purpose`` is that of the link, ``former`` the number it had.

    ``has_agenda``: people may book some type of appointment.
    """

    ticket: Ticket
    secret: str
    purpose: str
    former: str = ""
    has_agenda: bool = False


def open_by_secret(request: HttpRequest, secret: str, *, at: datetime) -> Opened | None:
    """Return the ticket of a secret; raises NeedsCode when a code must prove who holds it."""
    found = links.resolve(secret, at)
    if found is None or found[0] not in {FOLLOW, SURE}:
        return None
    of_link = _load(found[1])
    if of_link is None:
        return None
    ticket = _goes_on(of_link)
    if found[0] != SURE and (ticket.is_sensitive or left_pages.is_left(request, secret)):
        raise NeedsCode(ticket)
    former = of_link.reference if ticket is not of_link else ""
    return Opened(ticket, secret, found[0], former, of_link.has_agenda)


def find_ticket(pk: int) -> Ticket | None:
    """Return the ticket that a link of this one shows."""
    of_link = _load(pk)
    return _goes_on(of_link) if of_link else None


def _load(pk: int) -> Any:
    """Return the ticket, with whether anything may be booked: its page costs no statement more."""
    rows = Ticket.objects.select_related(*JOINED).annotate(has_agenda=Exists(bookable_types()))
    return rows.filter(pk=pk).first()


def _goes_on(ticket: Ticket) -> Ticket:
    """Return the ticket to show: a merged one is read in the other if it is of the same person."""
    after = ticket.merged_into
    if after is None or ticket.person_id is None or after.person_id != ticket.person_id:
        return ticket
    return after

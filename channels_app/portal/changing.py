"""How often appointments may be changed: each change sends a message or takes an hour (threats: S06, W02).

By the link of a ticket, and from one address whatever the ticket.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.portal import limits
from channels_app.portal.limits import Attempt
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket


@contextmanager
def count_change(ticket: Ticket, *, address: str, at: datetime) -> Iterator[None]:
    """Let a change through and count it once it is done; raises Refused when there were too many."""
    by_ticket = Attempt(limits.CHANGE_APPOINTMENT, ticket.reference)
    with count_by_address(address, at=at):
        _refuse_over(by_ticket, _("Trop de changements aujourd’hui. Appelez le %(phone)s."), at)
        yield
        limits.note(by_ticket, at=at)


@contextmanager
def count_join(ticket: Ticket, *, address: str, at: datetime) -> Iterator[None]:
    """Count somebody who joins a waiting list in the same way; raises Refused."""
    by_ticket = Attempt(limits.JOIN_LIST, ticket.reference)
    with count_by_address(address, at=at):
        _refuse_over(by_ticket, _("Trop de listes d’attente aujourd’hui. Appelez le %(phone)s."), at)
        yield
        limits.note(by_ticket, at=at)


@contextmanager
def count_by_address(address: str, *, at: datetime) -> Iterator[None]:
    """Let through what takes an hour or a place on a list; raises Refused when the address took too many."""
    asked = Attempt(limits.BOOK_BY_ADDRESS, address)
    words = _("Trop de rendez-vous depuis cette connexion. Attendez une heure, ou appelez le %(phone)s.")
    _refuse_over(asked, words, at)
    yield
    limits.note(asked, at=at)


def _refuse_over(asked: Attempt, words: str, at: datetime) -> None:
    if limits.is_over(asked, at=at):
        raise Refused(words % {"phone": settings.AUTHORITY_PHONE})

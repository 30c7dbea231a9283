"""How often the link of a ticket may change its appointment: each change sends a message (threats: S06)."""

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
def count_change(ticket: Ticket, *, at: datetime) -> Iterator[None]:
    """Let a change through and count it once it is done; raises Refused when there were too many today."""
    asked = Attempt(limits.CHANGE_APPOINTMENT, ticket.reference)
    if limits.is_over(asked, at=at):
        words = _("Trop de changements aujourd’hui. Appelez le %(phone)s.")
        raise Refused(words % {"phone": settings.AUTHORITY_PHONE})
    yield
    limits.note(asked, at=at)

"""A person answers one of our messages: her words come back to their demand, a stranger's do not (M07)."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.people.models import Person
from requests_app.tickets.models import Event, State, Ticket, Touchpoint
from requests_app.tickets.references import ALPHABET, LENGTH
from requests_app.tickets.said import Said

REOPENS_FOR = timedelta(days=30)  # after which an answer to a closed demand opens a new one


def followed_ticket(said: Said, person: Person | None) -> Ticket | None:
    """The demand whose seal came back, when its sender is a party to it and it is not over for long."""
    ticket = Ticket.objects.filter(reference=said.follows).first()
    if ticket is None or not _is_party(ticket, said, person):
        return None
    is_recent = ticket.closed_at is None or said.occurred_at - ticket.closed_at < REOPENS_FOR
    return ticket if is_recent else None


def _is_party(ticket: Ticket, said: Said, person: Person | None) -> bool:
    """The person of the demand, or an address that already wrote in it."""
    if person is not None and ticket.person_id == person.pk:
        return True
    heard = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN)
    return bool(said.sender_value) and heard.filter(sender=said.sender_value).exists()


def unproved(said: Said) -> list[str]:
    """What an agent reads when words speak of a demand without proof: a proposal, never a link."""
    named = said.follows or _named(said.subject)
    if not named:
        return []
    return [_("Peut-être lié à la demande %(reference)s : à vérifier.") % {"reference": named}]


def _named(subject: str) -> str:
    pattern = rf"\b{re.escape(settings.REFERENCE_PREFIX)}-[{ALPHABET}]{{{LENGTH}}}\b"
    found = re.search(pattern, subject[:300], re.IGNORECASE)
    return found[0].upper() if found else ""


def freshen(ticket: Ticket, said: Said, *, excerpt: str, at: datetime) -> None:
    """The list shows the last words received; a demand that waited for the person is ours again."""
    changes: dict[str, Any] = {
        "excerpt": excerpt or ticket.excerpt,
        "files_count": F("files_count") + len(said.files),
        "version": F("version") + 1,
    }
    if ticket.answered_at and ticket.answered_at >= ticket.waiting_since:
        changes["waiting_since"] = said.occurred_at  # she had her answer: this is a new wait
    if said.follows and ticket.state in {State.CLOSED, State.WAITING_PERSON}:
        kind = Event.Kind.REOPENED if ticket.state == State.CLOSED else Event.Kind.RESUMED
        changes |= {"state": State.OPEN, "waiting_since": said.occurred_at}
        changes |= {"closed_at": None, "closed_by": None, "outcome": ""}
        data = {"reason": _("La personne a répondu.")}
        Event.objects.create(ticket=ticket, kind=kind, at=at, by=None, data=data)
    Ticket.objects.filter(pk=ticket.pk).update(**changes)

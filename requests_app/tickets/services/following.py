"""A person answers one of our messages: her words come back to their demand, a stranger's do not (M07)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Event, Participant, State, Ticket, TicketLink, Touchpoint
from requests_app.tickets.references import ALPHABET, LENGTH
from requests_app.tickets.said import Said
from requests_app.tickets.services import by_number
from requests_app.tickets.services.danger import marks_with

REOPENS_FOR = timedelta(days=30)  # when the topic says nothing; after it an answer opens a new demand

REFERENCE = re.compile(rf"\b{re.escape(settings.REFERENCE_PREFIX)}-[{ALPHABET}]{{{LENGTH}}}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Following:
    """Where words belong: ``joins`` a ticket, or are only ``linked`` to it; ``words`` say why.

    ``others`` are tickets they may also be about.
    """

    joins: Ticket | None = None
    linked: Ticket | None = None
    kind: str = ""
    words: str = ""
    others: tuple[Ticket, ...] = ()


def following(said: Said, person: Person | None) -> Following:
    """Decide by the seal that came back, and by who sends it; a number alone only proposes."""
    if said.by_number and not said.follows:
        return _by_number(said)
    reference = said.follows or _named(said.subject)
    ticket = Ticket.objects.select_related("topic").filter(reference=reference).first() if reference else None
    if ticket is None:
        return Following(words=_("Nouvelle demande."))
    if not said.follows or not _is_party(ticket, said.sender_value, person):
        words = _("Peut-être lié à la demande %(reference)s : à vérifier.") % {"reference": reference}
        return Following(linked=ticket, kind=TicketLink.Kind.PROPOSED, words=words)
    return _joining(ticket, said, _("Son auteur fait partie de la demande : il la rejoint."))


def _joining(ticket: Ticket, said: Said, words: str) -> Following:
    if not _is_over(ticket, said.occurred_at):
        return Following(joins=ticket, words=words)
    words = _("Fait suite à la demande %(reference)s, terminée depuis trop longtemps pour être rouverte.")
    said_so = words % {"reference": ticket.reference}
    return Following(linked=ticket, kind=TicketLink.Kind.FOLLOWS, words=said_so)


def _by_number(said: Said) -> Following:
    """Of an SMS: what its number joins, or else what it may be about (threats: S04)."""
    ticket, words = by_number.answered(said.by_number, said.occurred_at)
    if ticket:
        return _joining(ticket, said, words)
    named = Ticket.objects.filter(reference=_named(said.text) or "-").first()
    others = [named] if named else []
    others += [each for each in by_number.suggestions(said.by_number, said.occurred_at) if each != named]
    if not others:
        return Following(words=_("Nouvelle demande."))
    words = _("Peut-être lié à une demande en cours : à vérifier.")
    return Following(linked=others[0], kind=TicketLink.Kind.PROPOSED, words=words, others=tuple(others[1:]))


def is_party_to(reference: str, address: str) -> bool:
    """Whether this address is known in that ticket."""
    ticket = Ticket.objects.filter(reference=reference).first()
    if ticket is None or not address:
        return False
    return _is_party(ticket, address, None) or _is_hers(ticket, address)


def _is_party(ticket: Ticket, address: str, person: Person | None) -> bool:
    """The person of the demand, a participant, or an address that wrote in it or was written to."""
    if person is not None and ticket.person_id == person.pk:
        return True
    if not address:
        return False
    known = Participant.objects.filter(ticket=ticket, address=address).values_list("removed_at", flat=True)
    for removed_at in known:
        return removed_at is None
    return Touchpoint.objects.filter(ticket=ticket, sender=address).exists()


def _is_hers(ticket: Ticket, address: str) -> bool:
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value=address)
    return ticket.person_id is not None and points.filter(person=ticket.person_id).exists()


def _is_over(ticket: Ticket, at: datetime) -> bool:
    """Ended for longer than its topic lets an answer open it again."""
    days = ticket.topic.reopen_days if ticket.topic else None
    window = REOPENS_FOR if days is None else timedelta(days=days)
    return ticket.closed_at is not None and at - ticket.closed_at >= window


def _named(subject: str) -> str:
    found = REFERENCE.search(subject[:300])
    return found[0].upper() if found else ""


def freshen(ticket: Ticket, said: Said, *, excerpt: str, at: datetime) -> None:
    """The list shows the last words received; a demand that waited for the person is ours again.

    What an agent said changes nothing but the count of files. What a machine surely answered never comes
    here; what only looks so may be a person's words, and nobody must miss them (threats: N01).
    """
    changes: dict[str, Any] = {
        "files_count": F("files_count") + len(said.files),
        "version": F("version") + 1,
    }
    if said.direction == Touchpoint.Direction.IN:
        changes |= {"excerpt": excerpt or ticket.excerpt, **_ours_again(ticket, said, at)}
    marked = marks_with(ticket, said)
    Ticket.objects.filter(pk=ticket.pk).update(**changes, **marked)
    for name, value in marked.items():
        setattr(ticket, name, value)


def _ours_again(ticket: Ticket, said: Said, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if ticket.answered_at and ticket.answered_at >= ticket.waiting_since:
        changes["waiting_since"] = said.occurred_at  # she had her answer: this is a new wait
    if (said.follows or said.by_number) and ticket.state in {State.CLOSED, State.WAITING_PERSON}:
        kind = Event.Kind.REOPENED if ticket.state == State.CLOSED else Event.Kind.RESUMED
        changes |= {"state": State.OPEN, "waiting_since": said.occurred_at}
        changes |= {"closed_at": None, "closed_by": None, "outcome": ""}
        data = {"reason": _("La personne a répondu.")}
        Event.objects.create(ticket=ticket, kind=kind, at=at, by=None, data=data)
    return changes

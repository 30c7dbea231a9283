"""A person answers one of our messages: her words come back to their demand, a stranger's do not (M07)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.lib.thanks import is_only_thanks
from requests_app.people.models import Person
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Event, State, Ticket, TicketLink, Touchpoint
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services import number_matching
from requests_app.tickets.services.answer_matching import answered_by, named_in
from requests_app.tickets.services.danger import marks_with
from requests_app.tickets.services.new_words import word_changes
from requests_app.tickets.services.parties import is_confirmed_party, is_party

REOPENS_FOR = timedelta(days=30)  # when the topic says nothing; after it an answer opens a new demand


@dataclass(frozen=True, slots=True)
class TicketMatch:
    """Where words belong: ``joins`` a ticket, or are only ``linked`` to it; ``words`` say why.

    ``others`` are tickets they may also be about. ``is_carried``: the linked ticket says where the new one
    goes, since its sender has read a message of it; a number alone proves nothing.
    """

    joins: Ticket | None = None
    linked: Ticket | None = None
    kind: str = ""
    words: str = ""
    others: tuple[Ticket, ...] = ()
    is_carried: bool = False


def match_ticket(said: InboundMessage, person: Person | None) -> TicketMatch:
    """Decide by what came back of the ticket and by its sender; a number alone only proposes."""
    if said.by_number and not said.follows:
        return _follow_number(said)
    ticket, is_proof = answered_by(said)
    if ticket is None:
        return TicketMatch(words=_("Nouvelle demande."))
    ticket = survivor_of(ticket)
    joins = is_proof and (
        is_party(ticket, said.sender_value, person)
        if said.follows
        else said.is_proved and is_confirmed_party(ticket, said.sender_value, person)
    )
    if joins:
        return _joining(ticket, said, _("Son auteur fait partie de la demande : il la rejoint."))
    words = _("Peut-être lié à la demande %(reference)s : à vérifier.") % {"reference": ticket.reference}
    return TicketMatch(linked=ticket, kind=TicketLink.Kind.PROPOSED, words=words, is_carried=is_proof)


def _joining(ticket: Ticket, said: InboundMessage, words: str) -> TicketMatch:
    ticket = survivor_of(ticket)
    if not _is_over(ticket, said.occurred_at) or _asks_nothing(ticket, said):
        return TicketMatch(joins=ticket, words=words)
    words = _("Fait suite à la demande %(reference)s, terminée depuis trop longtemps pour être rouverte.")
    said_so = words % {"reference": ticket.reference}
    return TicketMatch(linked=ticket, kind=TicketLink.Kind.FOLLOWS, words=said_so)


def _follow_number(said: InboundMessage) -> TicketMatch:
    """Of an SMS: what its number joins, or else what it may be about (threats: S04)."""
    ticket, words = number_matching.find_answered(said.by_number, said.occurred_at)
    if ticket:
        return _joining(ticket, said, words)
    named = Ticket.objects.filter(reference=named_in(said.text) or "-").first()
    others = [named] if named else []
    others += [
        each for each in number_matching.suggestions(said.by_number, said.occurred_at) if each != named
    ]
    if not others:
        return TicketMatch(words=_("Nouvelle demande."))
    words = _("Peut-être lié à une demande en cours : à vérifier.")
    return TicketMatch(linked=others[0], kind=TicketLink.Kind.PROPOSED, words=words, others=tuple(others[1:]))


def _is_over(ticket: Ticket, at: datetime) -> bool:
    """Ended for longer than its topic lets an answer open it again."""
    days = ticket.topic.reopen_days if ticket.topic else None
    window = REOPENS_FOR if days is None else timedelta(days=days)
    return ticket.closed_at is not None and at - ticket.closed_at >= window


def _asks_nothing(ticket: Ticket, said: InboundMessage) -> bool:
    """« Merci ! » opens nothing again, nor is it a new request."""
    if said.files or said.direction != Touchpoint.Direction.IN:
        return False
    return is_only_thanks(said.reply_text or said.text, said.sender_name, ticket.sender)


def refresh_ticket(ticket: Ticket, said: InboundMessage, *, excerpt: str, at: datetime) -> Ticket:
    """The list shows the last words received; a demand that waited for the person is ours again.

    What an agent said answers those words, and adds its files. What a machine surely answered never comes
    here; what only looks so may be a person's words, and nobody must miss them (threats: N01). Returns the
    ticket that the words join: another one when a colleague merged it at the same instant.
    """
    changes: dict[str, Any] = {
        "files_count": F("files_count") + len(said.files),
        "version": F("version") + 1,
    }
    if not _asks_nothing(ticket, said):
        changes |= word_changes(said, excerpt=excerpt)
    again = _ours_again(ticket, said) if said.direction == Touchpoint.Direction.IN else {}
    marked = marks_with(ticket, said)
    apart = Ticket.objects.filter(pk=ticket.pk, merged_into=None)
    if not apart.update(**changes, **again, **marked):
        ticket.refresh_from_db(fields=["merged_into"])
        return refresh_ticket(survivor_of(ticket), said, excerpt=excerpt, at=at)
    for name, value in marked.items():
        setattr(ticket, name, value)
    if "state" in again:
        _tell_reopened(ticket, at)
    return ticket


def _ours_again(ticket: Ticket, said: InboundMessage) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if _asks_nothing(ticket, said):
        return changes
    if ticket.answered_at and ticket.answered_at >= ticket.waiting_since:
        changes["waiting_since"] = said.occurred_at  # she had her answer: this is a new wait
    if (said.follows or said.by_number) and ticket.state in {State.CLOSED, State.WAITING_PERSON}:
        changes |= {"state": State.OPEN, "waiting_since": said.occurred_at}
        changes |= {"closed_at": None, "closed_by": None, "outcome": ""}
    return changes


def _tell_reopened(ticket: Ticket, at: datetime) -> None:
    kind = Event.Kind.REOPENED if ticket.state == State.CLOSED else Event.Kind.RESUMED
    data = {"reason": _("La personne a répondu.")}
    Event.objects.create(ticket=ticket, kind=kind, at=at, by=None, data=data)

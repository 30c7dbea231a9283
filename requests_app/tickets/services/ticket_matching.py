"""A person answers one of our messages: their words come back to their ticket, a stranger's do not (M07)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.lib.thanks import is_only_thanks
from requests_app.people.models import Person
from requests_app.tickets.errors import Refused
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket, TicketLink, Touchpoint
from requests_app.tickets.selectors.family import survivor_of
from requests_app.tickets.services import number_matching
from requests_app.tickets.services.answer_matching import answered_by, named_in
from requests_app.tickets.services.parties import is_confirmed_party, is_party

REOPENS_FOR = timedelta(days=30)  # when the topic says nothing; after it an answer opens a new ticket


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

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        """Return all those that the words are linked to."""
        return (self.linked, *self.others) if self.linked else self.others


def match_ticket(said: InboundMessage, person: Person | None) -> TicketMatch:
    """Find where words belong: chosen by an agent, told by a phone number, or proved by what came back."""
    if said.ticket_id:
        return TicketMatch(joins=_chosen_ticket(said, person))
    if said.by_number and not said.follows:
        return _match_number(said)
    return _match_answer(said, person)


def _chosen_ticket(said: InboundMessage, person: Person | None) -> Ticket:
    """Return the open ticket an agent joined these words to; only one of the same person."""
    ticket = Ticket.objects.open().filter(pk=said.ticket_id or 0).first()
    if ticket is None or person is None or ticket.person_id != person.pk:
        raise Refused(_("Cette demande ne peut pas recevoir ce contact."))
    return ticket


def _match_answer(said: InboundMessage, person: Person | None) -> TicketMatch:
    """Decide by what came back of the ticket and by its sender; a number alone only proposes."""
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
        return _join_or_follow(ticket, said, _("Son auteur fait partie de la demande : il la rejoint."))
    words = _("Peut-être lié à la demande %(reference)s : à vérifier.") % {"reference": ticket.reference}
    return TicketMatch(linked=ticket, kind=TicketLink.Kind.PROPOSED, words=words, is_carried=is_proof)


def _join_or_follow(ticket: Ticket, said: InboundMessage, words: str) -> TicketMatch:
    ticket = survivor_of(ticket)
    if not _is_over(ticket, said.occurred_at) or is_mere_thanks(ticket, said):
        return TicketMatch(joins=ticket, words=words)
    words = _("Fait suite à la demande %(reference)s, terminée depuis trop longtemps pour être rouverte.")
    said_so = words % {"reference": ticket.reference}
    return TicketMatch(linked=ticket, kind=TicketLink.Kind.FOLLOWS, words=said_so)


def _match_number(said: InboundMessage) -> TicketMatch:
    """Match an SMS by its number: what it joins, or else what it may be about (threats: S04)."""
    ticket, words = number_matching.find_answered(said.by_number, said.occurred_at)
    if ticket:
        return _join_or_follow(ticket, said, words)
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
    """Tell whether it ended too long ago for an answer to open it again, as its topic says."""
    days = ticket.topic.reopen_days if ticket.topic else None
    window = REOPENS_FOR if days is None else timedelta(days=days)
    return ticket.closed_at is not None and at - ticket.closed_at >= window


def is_mere_thanks(ticket: Ticket, said: InboundMessage) -> bool:
    """« Merci ! » opens nothing again, nor is it a new request; nor does the opinion that we asked for."""
    if said.files or said.direction != Touchpoint.Direction.IN:
        return False
    if said.facts.get("is_opinion"):
        return True
    return is_only_thanks(said.reply_text or said.text, said.sender_name, ticket.sender)

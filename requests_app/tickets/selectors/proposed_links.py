"""Tickets that may be the same matter as one, until an agent decides: shown beside it in triage."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.channels.registry import label_of
from requests_app.lib import french
from requests_app.tickets.models import Ticket, TicketLink
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.rows import name_sender

MAX_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """One of them; ``words`` and ``who`` are empty when the agent may not know them (threats: A02)."""

    id: int
    reference: str
    what: str
    words: str | Promise
    who: str
    place: str | Promise


def proposed_links(ticket: Ticket, *, scope: Scope, topics: Mapping[int, str]) -> list[ProposedLink]:
    """List the proposed links, newest first; one statement."""
    both = Q(from_ticket=ticket) | Q(to_ticket=ticket)
    found = TicketLink.objects.filter(both, is_accepted=None, from_ticket__merged_into=None)
    found = found.filter(to_ticket__merged_into=None)
    found = found.select_related("from_ticket__maison", "to_ticket__maison").order_by("-created_at", "-pk")
    return [_row(link, ticket, scope, topics) for link in found[:MAX_SHOWN]]


def _row(link: TicketLink, ticket: Ticket, scope: Scope, topics: Mapping[int, str]) -> ProposedLink:
    other = link.to_ticket if link.from_ticket_id == ticket.pk else link.from_ticket
    place = other.maison.label if other.maison else masking.NO_PLACE
    if not scope.can_see(other.maison_id, other.shared_with):
        return ProposedLink(link.pk, other.reference, "", "", "", place)
    topic, proposed = topics.get(other.topic_id or 0), topics.get(other.proposed_topic_id or 0)
    words = masking.topic_words(topic, proposed, other.subject, is_sensitive=other.is_sensitive)
    is_same = other.person_id is not None and other.person_id == ticket.person_id
    who = "" if is_same or other.is_sensitive else str(name_sender(other.sender))
    return ProposedLink(link.pk, other.reference, _what(other), words, who, place)


def _what(other: Ticket) -> str:
    channel = label_of(other.channel)
    return _("%(channel)s du %(day)s") % {"channel": channel, "day": french.day(other.received_at)}

"""What says where a new ticket goes, beside its words, and who reads it there."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.access.sending import let_read
from requests_app.catalog.models import Topic
from requests_app.catalog.proposals import Proposal
from requests_app.routing.evidence import Evidence
from requests_app.routing.models import RoutingDecision
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.services import decide, sharing
from requests_app.routing.territory import Territory
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.reception import Reception
from requests_app.tickets.services.ticket_matching import TicketMatch


def choose_place(
    reception: Reception, words: str, topic: Topic | None, proposal: Proposal | None
) -> RoutingDecision:
    """Decide which Maison a new ticket goes to: that of the ticket it answers, or what the territory says."""
    said, land, at = reception.said, reception.territory, reception.at
    evidence = replace(
        evidence_of(said, reception.past, land),
        text=words,
        topic_code=topic.code if topic else proposal.code if proposal else "",
        is_topic_guessed=topic is None,
    )
    known = place_chosen(said, at) or place_with_linked(said, reception.match, at)
    return known or decide(evidence, at=at, territory=land)


def place_chosen(said: InboundMessage, at: datetime) -> RoutingDecision | None:
    """Send it to the Maison that a program named."""
    if said.chosen_maison_id is None:
        return None
    return RoutingDecision.objects.create(
        outcome=RoutingDecision.Outcome.ROUTED,
        maison_id=said.chosen_maison_id,
        confidence=Confidence.HIGH,
        steps=[_("Le logiciel qui l’apporte a choisi ce lieu.")],
        decided_at=at,
    )


def place_with_linked(said: InboundMessage, match: TicketMatch, at: datetime) -> RoutingDecision | None:
    """Send it where the linked ticket is: there both are read, and merged with one key."""
    linked = match.linked if match.is_carried and not said.mailboxes else None
    if linked is None or linked.maison_id is None:
        return None
    words = _("Répond à un message de la demande %(reference)s : au même lieu, à vérifier.")
    step = words % {"reference": linked.reference}
    return RoutingDecision.objects.create(
        outcome=RoutingDecision.Outcome.ROUTED,
        maison_id=linked.maison_id,
        confidence=Confidence.MEDIUM,
        steps=[step],
        decided_at=at,
    )


def evidence_of(said: InboundMessage, past: list[Ticket], land: Territory) -> Evidence:
    """Return what is known beside the words: doors, addresses, the Maison that last answered the person."""
    last = next((each.maison_id for each in past if each.maison_id), None)
    known = land.code_of.get(last, "") if last else ""
    return Evidence(
        mailboxes=said.mailboxes,
        address=said.address,
        insee=said.insee,
        postal_code=said.postal_code,
        known_maison_code=known,
        place_maison_code=land.code_of.get(said.maison_id, "") if said.maison_id else "",
    )


def shared_among(decision: RoutingDecision, land: Territory) -> list[int]:
    if decision.maison_id:
        return []
    return sharing([candidate["code"] for candidate in decision.candidates], land)


def let_author_read(ticket: Ticket, said: InboundMessage, at: datetime) -> None:
    """Let whoever noted what goes elsewhere read it for a day (threats: N11)."""
    went_elsewhere = said.maison_id and said.maison_id not in {ticket.maison_id, *ticket.shared_with}
    if said.author_id and went_elsewhere:
        let_read(user_id=said.author_id, ticket_id=ticket.pk, at=at)

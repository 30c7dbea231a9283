"""What the machine proposes for a ticket to sort, with its reasons, to be checked by the agent."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from requests_app.routing.models import RoutingDecision
from requests_app.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the card; ``name`` is the field that changes it."""

    name: str
    term: str
    value: str
    reason: str
    key: str
    change: str
    steps: list[str] = field(default_factory=list)


def proposal_of(ticket: Ticket) -> list[Line]:
    """The topic and the place proposed; the page adds the priority."""
    return [_topic_line(ticket), _place_line(ticket)]


def _topic_line(ticket: Ticket) -> Line:
    topic = ticket.topic or ticket.proposed_topic
    words = ", ".join(f"« {word} »" for word in ticket.proposed_words)
    reason = _("%(words)s dans le message") % {"words": words} if words else ""
    if ticket.topic:
        reason = _("Choisi à l’arrivée de la demande")
    return Line(
        "topic",
        _("Sujet"),
        topic.label if topic else _("À choisir"),
        reason or _("Le message ne suffit pas à le dire"),
        "t",
        _("Changer le sujet"),
    )


def _place_line(ticket: Ticket) -> Line:
    decision = ticket.decision
    value = ticket.maison.label if ticket.maison else _("À choisir")
    if ticket.transfer_body and not ticket.maison:
        value = _("À transmettre : %(body)s") % {"body": ticket.transfer_body}
    steps = [str(step) for step in decision.steps] if decision else []
    return Line(
        "maison",
        _("Lieu"),
        value,
        _certainty(decision) if decision else "",
        "s",
        _("Changer le lieu"),
        steps,
    )


def _certainty(decision: RoutingDecision) -> str:
    """How sure the advice is, and its first reason; all of them are in its steps."""
    sure = str(decision.get_confidence_display())
    if decision.outcome == RoutingDecision.Outcome.AMBIGUOUS:
        sure = _("Plusieurs lieux possibles")
    return " · ".join([sure, *(str(step) for step in decision.steps[:1])])

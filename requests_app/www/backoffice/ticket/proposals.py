"""What the machine proposes for a ticket to sort, with its reasons, for the agent to check."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from requests_app.lib.direction import isolate
from requests_app.routing.models import RoutingDecision
from requests_app.routing.territory import Territory
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.selectors.confided_topics import ConfidedTopic, confided_topic
from requests_app.www.backoffice.fields import choose_option
from requests_app.www.backoffice.ticket.opening import OpenedTicket
from requests_app.www.backoffice.ticket.panels import Panel


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One line of the card; ``name`` is the field that changes it."""

    name: str
    term: str
    value: str
    reason: str
    key: str
    change: str
    steps: list[str] = field(default_factory=list)


def proposal_of(ticket: Ticket, confided: ConfidedTopic | None = None) -> list[ProposalRow]:
    """Return the topic and the place proposed; the page adds the priority."""
    return [_topic_line(ticket, confided), _place_line(ticket)]


def confided_for(opened: OpenedTicket, text: str, territory: Territory) -> ConfidedTopic | None:
    """Propose a sensitive topic only to those who handle such tickets here (threats: A03)."""
    ticket = opened.ticket
    may_know = opened.scope.can_handle(ticket.maison_id, True, ticket.shared_with)
    is_to_sort = opened.ticket.state == State.TO_SORT
    return confided_topic(opened.ticket, text, territory) if text and may_know and is_to_sort else None


def list_with_chosen(panels: dict[str, Panel], confided: ConfidedTopic | None) -> SafeString:
    """Mark that topic as chosen in the list: nothing else carries it to the sorting."""
    if confided is None or "sort" not in panels:
        return SafeString()
    return choose_option(panels["sort"].fields["topic"], confided.topic.pk)


def _topic_line(ticket: Ticket, confided: ConfidedTopic | None) -> ProposalRow:
    topic = ticket.topic or ticket.proposed_topic or (confided.topic if confided else None)
    found = confided.words if confided else ticket.proposed_words
    words = ", ".join(f"« {isolate(word)} »" for word in found)
    reason = _("%(words)s dans le message") % {"words": words} if words else ""
    if ticket.topic:
        reason = _("Choisi à l’arrivée de la demande")
    return ProposalRow(
        "topic",
        _("Sujet"),
        topic.label if topic else _("À choisir"),
        reason or _("Le message ne suffit pas à le dire"),
        "t",
        _("Changer le sujet"),
    )


def _place_line(ticket: Ticket) -> ProposalRow:
    decision = ticket.decision
    value = ticket.maison.label if ticket.maison else _("À choisir")
    if decision and decision.outcome == RoutingDecision.Outcome.TRANSFER and not ticket.maison:
        value = _("À transmettre : %(body)s") % {"body": ticket.transfer_body}
    steps = [str(step) for step in decision.steps] if decision else []
    return ProposalRow(
        "maison",
        _("Lieu"),
        value,
        _certainty(decision, is_shared=bool(ticket.shared_with)) if decision else "",
        "s",
        _("Changer le lieu"),
        steps,
    )


def _certainty(decision: RoutingDecision, *, is_shared: bool) -> str:
    """Say how sure the advice is, and its first reason; all of them are in its steps."""
    sure = str(decision.get_confidence_display())
    if decision.outcome == RoutingDecision.Outcome.AMBIGUOUS:
        sure = _("Plusieurs lieux possibles, chacun la voit") if is_shared else _("Plusieurs lieux possibles")
    if decision.outcome == RoutingDecision.Outcome.ROUTED and decision.candidates:
        names = " ; ".join(candidate["name"] for candidate in decision.candidates)
        return _("Le message parle d’un autre lieu : %(places)s") % {"places": names}
    return " · ".join([sure, *(str(step) for step in decision.steps[:1])])

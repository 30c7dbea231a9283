from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.routing.models import RoutingDecision
from requests_app.tickets.deadlines import announced_due
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.receipt import cancel_receipt
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.models.event_data import Cause, EventData
from requests_app.tickets.models.tickets import Priority
from requests_app.tickets.services.moves import move, require_handler, require_open, require_reason
from requests_app.tickets.services.receipts import confirm
from requests_app.tickets.services.rerouting import send_to
from requests_app.tickets.services.same_story import propose_same_story


@transaction.atomic
def sort(
    *,
    ticket: Ticket,
    topic: Topic | None,
    maison: Maison | None,
    reason: str = "",
    by: User,
    at: datetime,
) -> None:
    """Accept or correct what was proposed: the ticket leaves « à trier » for its team.

    Moving it from its present Maison is sending it away, which needs a reason.
    """
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.state != State.TO_SORT:
        raise Refused(_("Cette demande est déjà triée."))
    chosen = topic or ticket.topic or ticket.proposed_topic
    if chosen is None:
        raise Refused(_("Choisissez d’abord un sujet."))
    if not (maison or ticket.maison_id or _is_for_another_body(ticket)):
        raise Refused(_("Choisissez d’abord un lieu."))
    if ticket.topic_id != chosen.pk:
        _set_topic(ticket, chosen, by=by, at=at, reason="")
    if maison and ticket.maison_id != maison.pk:
        said = require_reason(reason) if ticket.maison_id else reason.strip()
        send_to(ticket, maison, by=by, at=at, reason=said, cause="" if said else Cause.SORTED_THERE)
    body = "" if ticket.maison_id else ticket.transfer_body  # when sorted for a Maison, it stays there
    Ticket.objects.filter(pk=ticket.pk, state=State.TO_SORT).update(state=State.OPEN, transfer_body=body)
    ticket.state, ticket.transfer_body = State.OPEN, body
    confirm(ticket=ticket, at=at)


def accept_proposed(ticket: Ticket, *, by: User, at: datetime) -> None:
    """Give an unsorted ticket its proposed topic, which the agent taking it has read."""
    if ticket.topic_id is None and ticket.proposed_topic is not None:
        _set_topic(ticket, ticket.proposed_topic, by=by, at=at, reason="")


@transaction.atomic
def unsort(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo a sorting while nobody has taken the ticket; the topic and Maison chosen stay."""
    require_handler(ticket, by)
    if ticket.state != State.OPEN or ticket.assignee_id:
        raise Refused(_("Cette demande est déjà suivie : elle ne revient plus à trier."))
    body = ticket.decision.transfer_body if ticket.decision else ""  # proposed again
    move(ticket, kind=Event.Kind.UNSORTED, by=by, at=at, state=State.TO_SORT, transfer_body=body)
    cancel_receipt(ticket=ticket, reason=_("La demande est de nouveau à trier."), at=at)


@transaction.atomic
def change_topic(*, ticket: Ticket, topic: Topic, reason: str = "", by: User, at: datetime) -> None:
    """Change the topic; a sensitive one hides the ticket from the front desk at once."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.topic_id != topic.pk:
        _set_topic(ticket, topic, by=by, at=at, reason=reason)
        if ticket.state != State.TO_SORT:  # sorting will say it
            confirm(ticket=ticket, at=at)


@transaction.atomic
def change_priority(*, ticket: Ticket, priority: str, by: User, at: datetime) -> None:
    """Mark as urgent, or as normal again."""
    require_handler(ticket, by)
    require_open(ticket)
    if priority not in Priority.values:
        raise Refused(_("Choisissez une priorité."))
    if ticket.priority != priority:
        data = EventData(to=priority)
        move(ticket, kind=Event.Kind.PRIORITY_CHANGED, by=by, at=at, data=data, priority=priority)


def _set_topic(ticket: Ticket, topic: Topic, *, by: User, at: datetime, reason: str) -> None:
    former = ticket.topic.label if ticket.topic else ""
    data = EventData(from_=former, to=topic.label, reason=reason.strip())
    changes: dict[str, Any] = {
        "topic_id": topic.pk,
        "is_sensitive": topic.is_sensitive or ticket.is_in_danger,
        "due_at": announced_due(ticket.received_at, topic),
    }
    move(ticket, kind=Event.Kind.TOPIC_CHANGED, by=by, at=at, data=data, **changes)
    propose_same_story(ticket, at)


def _is_for_another_body(ticket: Ticket) -> bool:
    """Tell whether no Maison is needed: an agent chose this topic, it was not guessed (threats: N11)."""
    advised = ticket.decision.outcome if ticket.decision else RoutingDecision.Outcome.TRANSFER
    return bool(ticket.transfer_body) and advised == RoutingDecision.Outcome.TRANSFER

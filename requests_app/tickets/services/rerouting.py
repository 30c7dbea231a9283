"""Send a ticket to another Maison, with a stated reason; it can be undone within a day."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.access.sending import let_read
from requests_app.accounts.models import User
from requests_app.maisons.models import Maison
from requests_app.routing.models import RoutingDecision
from requests_app.routing.models.coverage import Confidence
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.messages.receipt import cancel_receipt
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.models.event_data import Cause, EventData, Rerouted
from requests_app.tickets.selectors.event_reasons import cause_text
from requests_app.tickets.services.moves import move, require_handler, require_open, require_reason
from requests_app.tickets.services.receipts import confirm

UNDO_WITHIN = timedelta(days=1)
# What sending away changes, hence what undoing restores.
KEPT = ("maison_id", "shared_with", "decision_id", "assignee_id", "transfer_body", "state")


@transaction.atomic
def reroute(*, ticket: Ticket, maison: Maison, reason: str, by: User, at: datetime) -> None:
    """Send a ticket to another Maison with the reason; nobody pulls one in (threats: A06)."""
    require_handler(ticket, by)
    require_open(ticket)
    if ticket.maison_id == maison.pk:
        raise Refused(_("La demande est déjà à ce lieu."))
    send_to(ticket, maison, by=by, at=at, reason=require_reason(reason))
    if ticket.state != State.TO_SORT:
        confirm(ticket=ticket, at=at)


def send_to(
    ticket: Ticket,
    maison: Maison,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    cause: str = "",
    name: str = "",
) -> None:
    """Move a ticket and record it in its thread, with a reason or a cause; the sender reads it for a day."""
    if maison.closed_on:
        raise Refused(_("%(maison)s est fermée : choisissez un autre lieu."), maison=maison.label)
    decision = _decide(maison, reason or cause_text(cause, name), by, at)
    data = Rerouted(
        from_=ticket.maison.label if ticket.maison else "",
        to=maison.label,
        reason=reason,
        cause=cause,
        name=name,
        was={each: getattr(ticket, each) for each in KEPT},
        version=ticket.version + 1,
    )
    changes: dict[str, Any] = {
        "maison_id": maison.pk,
        "shared_with": [],
        "decision_id": decision.pk,
        "assignee_id": None,
        "transfer_body": "",
        "state": State.TO_SORT if ticket.state == State.TO_SORT else State.OPEN,
    }
    move(ticket, kind=Event.Kind.REROUTED, by=by, at=at, data=data, **changes)
    if not scope_of(by).can_see(maison.pk):
        let_read(user_id=by.pk, ticket_id=ticket.pk, at=at)


def _decide(maison: Maison, reason: str, by: User, at: datetime) -> RoutingDecision:
    return RoutingDecision.objects.create(
        outcome=RoutingDecision.Outcome.ROUTED,
        maison=maison,
        confidence=Confidence.HIGH,
        steps=[_("%(name)s a choisi ce lieu : %(reason)s") % {"name": by.full_name, "reason": reason}],
        decided_at=at,
        decided_by=by,
        reason=reason,
    )


@transaction.atomic
def undo_reroute(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo one's own rerouting, while nobody there has touched the ticket (A06)."""
    sent = ticket.events.filter(kind=Event.Kind.REROUTED, at__gt=at - UNDO_WITHIN).order_by("-pk").first()
    before = Rerouted.read(sent.data if sent else {})
    if sent is None or sent.by_id != by.pk or before.was is None:
        raise Refused(_("Vous n’avez pas envoyé cette demande ailleurs depuis hier."))
    if before.version != ticket.version:
        raise Refused(_("Un collègue suit déjà cette demande : demandez-lui de la renvoyer."))
    was: dict[str, Any] = {name: before.was[name] for name in KEPT}
    if not scope_of(by).can_handle(was["maison_id"], ticket.is_sensitive, was["shared_with"]):
        raise NotAllowed
    data = EventData(from_=before.to, to=before.from_, cause=Cause.REROUTE_UNDONE)
    move(ticket, kind=Event.Kind.UNROUTED, by=by, at=at, data=data, **was)
    cancel_receipt(ticket=ticket, reason=_("La demande n’a pas changé de lieu."), at=at)

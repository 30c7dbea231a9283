"""Make a ticket of a message about something else: the message stays, and both tickets show it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.catalog.proposals import propose_topic
from requests_app.events.models import Kind
from requests_app.routing.models import RoutingDecision
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.territory import current
from requests_app.tickets.deadlines import announced_due
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket, TicketLink, Touchpoint
from requests_app.tickets.models.event_data import EventData
from requests_app.tickets.references import new_reference
from requests_app.tickets.selectors.family import survivor_of, thread_q
from requests_app.tickets.services.excerpts import excerpt_of
from requests_app.tickets.services.facts import record_opened, record_ticket
from requests_app.tickets.services.links import link
from requests_app.tickets.services.moves import change, require_handler
from requests_app.tickets.services.opening import READ_FOR_TOPIC
from requests_app.tickets.services.unread import changes_with, changes_without, is_unread

IN = Touchpoint.Direction.IN
SAME_MESSAGE = TicketLink.Kind.SAME_MESSAGE


@transaction.atomic
def split(*, ticket: Ticket, touchpoint: Touchpoint, by: User, at: datetime) -> Ticket:
    """Open a second ticket from one message received; no automatic message tells the person.

    « A répondu » follows the message.
    """
    require_handler(ticket, by)
    _require_splittable(ticket, touchpoint)
    is_to_read = is_unread(touchpoint, ticket)
    change(ticket, at=at, **changes_without(touchpoint, ticket))
    new = _open(ticket, touchpoint, by, at, is_to_read=is_to_read)
    link(from_ticket=new, to_ticket=ticket, kind=SAME_MESSAGE, at=at)
    _tell(Event.Kind.SPLIT, (new, ticket), ticket, new, by, at)
    record_opened(new, at=at)
    return new


@transaction.atomic
def unsplit(*, touchpoint: Touchpoint, by: User, at: datetime) -> None:
    """Undo the split while nobody works on the second ticket."""
    new = Ticket.objects.select_for_update().filter(split_from=touchpoint).first()
    if new is None:
        raise Refused(_("Ce message n’a pas d’autre demande."))
    require_handler(new, by)
    if _is_touched(new):
        raise Refused(_("L’autre demande est déjà suivie : réunissez plutôt les deux demandes."))
    origin, decision = _origin(new, touchpoint), new.decision
    change(origin, at=at, **changes_with(touchpoint, origin, is_unread=new.person_wrote_at is not None))
    _tell(Event.Kind.UNSPLIT, (origin,), origin, new, by, at)
    record_ticket(new, Kind.TICKET_REMOVED, at=at)
    new.delete()
    if decision:
        decision.delete()


def _origin(new: Ticket, touchpoint: Touchpoint) -> Ticket:
    """Return the ticket the message was split from, or its survivor."""
    made = TicketLink.objects.filter(from_ticket=new, kind=SAME_MESSAGE).select_related("to_ticket").first()
    return survivor_of(made.to_ticket if made else touchpoint.ticket)


def _require_splittable(ticket: Ticket, touchpoint: Touchpoint) -> None:
    if touchpoint.direction != IN:
        raise Refused(_("Seul un message reçu peut devenir une autre demande."))
    if touchpoint.split_tickets.exists():
        raise Refused(_("Ce message a déjà son autre demande."))
    if not Touchpoint.objects.filter(thread_q(ticket), direction=IN).exclude(pk=touchpoint.pk).exists():
        raise Refused(_("C’est le seul message reçu dans cette demande."))


def _open(ticket: Ticket, touchpoint: Touchpoint, by: User, at: datetime, *, is_to_read: bool) -> Ticket:
    words = touchpoint.reply_text or touchpoint.text
    read = f"{touchpoint.subject}\n{words}"[:READ_FOR_TOPIC]
    proposal = propose_topic(read, current().topics.values())
    origin = touchpoint.ticket
    return Ticket.objects.create(
        reference=new_reference(),
        channel=touchpoint.channel,
        person_id=origin.person_id,
        proposed_topic_id=proposal.topic_id if proposal else None,
        proposed_words=list(proposal.words) if proposal else [],
        priority=ticket.priority,
        marks=list(ticket.marks),  # a person in danger is so whatever they write about
        is_sensitive=ticket.is_sensitive,  # until it has a topic of its own
        maison_id=ticket.maison_id,
        shared_with=list(ticket.shared_with),
        decision=_decision(ticket, by, at),
        transfer_body=ticket.transfer_body,
        sender=origin.sender,
        subject=touchpoint.subject[:300],
        excerpt=excerpt_of(words),
        person_wrote_at=touchpoint.occurred_at if is_to_read else None,
        files_count=touchpoint.attachments.count(),
        received_at=touchpoint.occurred_at,
        waiting_since=touchpoint.occurred_at,
        due_at=announced_due(touchpoint.occurred_at, None),
        split_from=touchpoint,
    )


def _decision(ticket: Ticket, by: User, at: datetime) -> RoutingDecision | None:
    """Route it where the first ticket is: an agent read the message, and may move it later."""
    if ticket.maison_id is None:
        return None
    step = _("Faite d’un message de la demande %(reference)s, au même lieu.") % {
        "reference": ticket.reference
    }
    return RoutingDecision.objects.create(
        outcome=RoutingDecision.Outcome.ROUTED,
        maison_id=ticket.maison_id,
        confidence=Confidence.HIGH,
        steps=[step],
        decided_at=at,
        decided_by=by,
        reason=step,
    )


def _is_touched(new: Ticket) -> bool:
    """Tell whether somebody did or wrote anything there, which undoing would lose."""
    if new.version > 1 or new.events.exclude(kind=Event.Kind.SPLIT).exists():
        return True
    if (new.links.exclude(kind=SAME_MESSAGE) | new.linked_from.all()).exists():
        return True
    beside = (new.touchpoints, new.notes, new.tasks, new.participants, new.drafts, new.appointments)
    return any(rows.exists() for rows in beside)


def _tell(kind: str, where: tuple[Ticket, ...], origin: Ticket, new: Ticket, by: User, at: datetime) -> None:
    data = EventData(from_=origin.reference, to=new.reference)
    Event.objects.record(*[each.pk for each in where], kind=kind, by=by, at=at, data=data)

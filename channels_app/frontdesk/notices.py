"""What the page says about the visit just saved, and the last step of the queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from channels_app.frontdesk.appointments import came_with
from channels_app.frontdesk.desk import Desk
from channels_app.frontdesk.key import KEY
from channels_app.frontdesk.services import UNDO_WITHIN
from channels_app.frontdesk.tokens import undo_token
from channels_app.intake.models import Arrival
from channels_app.noting import Wording, kind_of_channel
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.lib.dangers import Number
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.dangers import numbers_for

State = Arrival.State
ARRIVED = "appointment_arrived"  # in the session: the last arrival recorded here; no name, nothing personal


@dataclass(frozen=True, slots=True)
class VisitNotice:
    """``token`` undoes the visit; "" when there is nothing to undo. ``numbers`` are to give at once.

    ``can_print``: the person may go with their receipt on paper.
    """

    strong: str
    text: str
    token: str
    words: Wording
    can_print: bool = False
    numbers: tuple[Number, ...] = ()

    def __str__(self) -> str:
        return f"{self.strong} {self.text}"


def last_visit(desk: Desk, arrival_id: int | None) -> VisitNotice | None:
    """Describe the agent's last visit for ten minutes, as it is now; one statement when there is one."""
    if arrival_id is None:
        return None
    arrivals = Arrival.objects.select_related("touchpoint__ticket__person", "touchpoint__visit")
    arrival = arrivals.filter(pk=arrival_id, received_at__gt=desk.at - UNDO_WITHIN).first()
    return _describe(desk, arrival) if arrival else None


def _describe(desk: Desk, arrival: Arrival) -> VisitNotice:
    words = kind_of_channel(arrival.channel).words
    when = _("à %(time)s") % {"time": french.clock(arrival.received_at)}
    if arrival.state == State.DISCARDED:
        return VisitNotice(str(words.undone), _("Rien n’est gardé dans les demandes."), "", words)
    token = undo_token(arrival.pk, desk.user)
    if arrival.touchpoint is None:  # stored, not parsed yet: the sweep or the central team will do it
        return VisitNotice(
            str(words.saved), _("%(when)s, en cours de traitement.") % {"when": when}, token, words
        )
    ticket = arrival.touchpoint.ticket
    name = ticket.person.full_name if ticket.person else ""
    strong = french.elide(str(words.named) % {"name": name}) if name else str(words.saved)
    said = [
        f"{when}.",
        _number(arrival),
        _describe_ticket(arrival),
        _came(arrival),
        *arrival.touchpoint.remarks,
    ]
    numbers = tuple(numbers_for(ticket))
    can_print = arrival.channel == KEY and not ticket.is_in_danger
    return VisitNotice(strong, " ".join(filter(None, said)), token, words, can_print, numbers)


def just_noted(desk: Desk, arrival_id: int | None, *, channel: str = KEY) -> Ticket | None:
    """Return the ticket of the agent's last visit or call, ten minutes long; None once undone, in danger."""
    young = Arrival.objects.filter(pk=arrival_id or 0, received_at__gt=desk.at - UNDO_WITHIN)
    visits = young.filter(channel=channel).exclude(state=State.DISCARDED)
    arrival = visits.select_related("touchpoint").first()
    if arrival is None or arrival.touchpoint is None:
        return None
    joined = Ticket.objects.select_related("person", "topic", "maison__commune")
    ticket = joined.get(pk=arrival.touchpoint.ticket_id)
    return None if ticket.is_in_danger else ticket


def _number(arrival: Arrival) -> str:
    visit = getattr(arrival.touchpoint, "visit", None)
    return _("Numéro %(number)s.") % {"number": visit.ticket_number} if visit else ""


def _came(arrival: Arrival) -> str:
    came = came_with(arrival.touchpoint) if arrival.touchpoint else None
    words = _("Arrivée notée au rendez-vous de %(time)s.")
    return words % {"time": french.clock(came.starts_at)} if came else ""


def _describe_ticket(arrival: Arrival) -> str:
    assert arrival.touchpoint is not None
    ticket = arrival.touchpoint.ticket
    values = {"reference": ticket.reference}
    if ticket.received_at == arrival.touchpoint.occurred_at:
        return _("Demande %(reference)s.") % values
    return _("Jointe à la demande %(reference)s.") % values


@dataclass(frozen=True, slots=True)
class ArrivalNotice:
    """Whose arrival to an appointment has just been recorded."""

    id: int
    strong: str
    text: str


def last_arrival(desk: Desk, kept: dict[str, Any] | None) -> ArrivalNotice | None:
    """Describe the last arrival recorded here for ten minutes, unless undone; one statement, or none."""
    if not kept or kept["maison"] != desk.maison_id or not recent(desk.at, kept["at"]):
        return None
    came = Appointment.objects.filter(pk=kept["appointment"], state=Appointment.State.CAME)
    found = came.select_related("ticket__person").first()
    if found is None:
        return None
    name = found.ticket.person.full_name if found.ticket.person else ""
    strong = _("Arrivée notée : %(name)s.") % {"name": name} if name else _("Arrivée notée.")
    hour = _("Rendez-vous de %(time)s.") % {"time": french.clock(found.starts_at)}
    return ArrivalNotice(found.pk, strong, hour)


def recent(at: datetime, shown_at: str) -> bool:
    """Return whether a notice of the session is recent enough to be shown."""
    try:
        return at - datetime.fromisoformat(shown_at) < UNDO_WITHIN
    except ValueError:
        return False

"""What citizens may do with their appointment, once a link of ours has opened it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from channels_app.portal import adding
from channels_app.portal.changing import count_change
from channels_app.portal.codes import SURE, SURE_APPOINTMENT
from channels_app.portal.opening import find_ticket
from requests_app.appointments import services
from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import EXPECTED
from requests_app.appointments.places import restore
from requests_app.outbox import links
from requests_app.reminders.services.saying import PURPOSE_OF_LINK
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import told_to_person

MAX_LENGTH = 2_000
CONFIRM, CANCEL, RESTORE = "confirmer", "annuler", "retablir"
DONE = {
    CONFIRM: "confirme",
    CANCEL: "annule",
    RESTORE: "retabli",
}
OF_APPOINTMENT, OF_TICKET = {PURPOSE_OF_LINK, SURE_APPOINTMENT}, {FOLLOW, SURE}
PROVEN = {SURE, SURE_APPOINTMENT}
ROWS = Appointment.objects.select_related(
    "ticket__topic", "ticket__merged_into__topic", "ticket__person", "type", "maison__commune"
)


@dataclass(frozen=True, slots=True)
class OpenedAppointment:
    """An appointment as its page shows it."""

    appointment: Appointment
    now: datetime

    @property
    def is_to_come(self) -> bool:
        return _is_to_come(self.appointment, self.now)

    @property
    def old_date(self) -> datetime | None:
        """Return the date it was moved from, while it is to come."""
        memory = self.appointment.moved_from
        before: datetime | None = restore(memory)["starts_at"] if memory else None
        return before if self.is_to_come and before != self.appointment.starts_at else None

    @property
    def is_cancelled_by_her(self) -> bool:
        """Return whether the person cancelled it; they may undo that until its time."""
        state, now = Appointment.State.CANCELLED_BY_PERSON, self.now
        is_hers = self.appointment.state == state and self.appointment.can_undo
        return is_hers and self.appointment.starts_at > now


class NeedsCode(Exception):
    """The link alone is not enough for this appointment."""

    def __init__(self, appointment: Appointment) -> None:
        self.appointment = appointment


def opened_by(secret: str, at: datetime, *, is_left: bool = False) -> OpenedAppointment | None:
    """Return the appointment of a valid link; raises NeedsCode for a sensitive ticket (W09).

    It also raises NeedsCode in a browser where somebody has finished with it. The link of a ticket opens its
    next appointment; so does that of an appointment which is over.
    """
    found = links.resolve(secret, at)
    shown = _find(*found, at) if found else None
    if found is None or shown is None:
        return None
    appointment, is_sensitive = shown
    if found[0] not in PROVEN and (is_left or is_sensitive):
        raise NeedsCode(appointment)
    return OpenedAppointment(appointment, at)


def _find(purpose: str, subject_id: int, at: datetime) -> tuple[Appointment, bool] | None:
    """Return what a link leads to, and whether it is sensitive."""
    if purpose in OF_APPOINTMENT:
        return _find_of_appointment(subject_id, at)
    ticket = find_ticket(subject_id) if purpose in OF_TICKET else None
    shown = (_next_of(ticket, at) or _last_of(ticket, at)) if ticket else None
    return (shown, ticket.is_sensitive or shown.ticket.is_sensitive) if ticket and shown else None


def _find_of_appointment(pk: int, at: datetime) -> tuple[Appointment, bool] | None:
    given = ROWS.filter(pk=pk).first()
    if given is None:
        return None
    later = None if _is_to_come(given, at) else _next_of(given.ticket, at)
    shown = later or given
    return shown, given.ticket.is_sensitive or shown.ticket.is_sensitive


def _is_to_come(appointment: Appointment, at: datetime) -> bool:
    return appointment.is_expected and appointment.starts_at > at


def _query_coming(ticket: Ticket, at: datetime) -> QuerySet[Appointment]:
    return ROWS.filter(told_to_person(ticket), starts_at__gt=at)


def _next_of(ticket: Ticket, at: datetime) -> Appointment | None:
    return _query_coming(ticket, at).filter(state__in=EXPECTED).order_by("starts_at", "pk").first()


def _last_of(ticket: Ticket, at: datetime) -> Appointment | None:
    """Return the one called off last: they may undo that."""
    return _query_coming(ticket, at).order_by("-changed_at", "-pk").first()


def act(shown: OpenedAppointment, name: str, *, address: str) -> None:
    """Do what the button says, pressed from an address; raises Refused."""
    given: dict[str, Any] = {"appointment": shown.appointment, "at": shown.now}
    if name == CONFIRM:
        services.confirm(**given)
        return
    with count_change(shown.appointment.ticket, address=address, at=shown.now):
        if name == CANCEL:
            services.cancel_by_person(**given, by=None)
        elif shown.is_cancelled_by_her:
            services.undo(**given, by=None)
        else:
            raise Refused(_("Ce rendez-vous a changé. Appelez-nous."))


def ask_other_date(shown: OpenedAppointment, words: str, *, key: UUID) -> None:
    """Add the person's message to the ticket, stored raw first (threats: I1, W01): an agent answers."""
    appointment = shown.appointment
    adding.add(
        ticket=appointment.ticket,
        text=words,
        papers=[],
        key=key,
        appointment_id=appointment.pk,
        at=shown.now,
    )

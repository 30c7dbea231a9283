"""What citizens may do with their appointment, once a link of ours has opened it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from channels_app.portal import adding
from channels_app.portal.codes import SURE_APPOINTMENT
from requests_app.appointments import services
from requests_app.appointments.models import Appointment
from requests_app.appointments.places import restore
from requests_app.outbox import links
from requests_app.reminders.services.saying import PURPOSE_OF_LINK
from requests_app.tickets.errors import Refused

MAX_LENGTH = 2_000
CONFIRM, CANCEL, RESTORE = "confirmer", "annuler", "retablir"
DONE = {
    CONFIRM: "confirme",
    CANCEL: "annule",
    RESTORE: "retabli",
}


@dataclass(frozen=True, slots=True)
class OpenedAppointment:
    """An appointment as its page shows it."""

    appointment: Appointment
    now: datetime

    @property
    def is_to_come(self) -> bool:
        return self.appointment.is_expected and self.appointment.starts_at > self.now

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

    It also raises NeedsCode in a browser where somebody has finished with it.
    """
    found = links.resolve(secret, at)
    if found is None or found[0] not in {PURPOSE_OF_LINK, SURE_APPOINTMENT}:
        return None
    rows = Appointment.objects.select_related("ticket", "type", "maison__commune")
    appointment = rows.filter(pk=found[1]).first()
    is_open = found[0] == SURE_APPOINTMENT
    if appointment and not is_open and (is_left or appointment.ticket.is_sensitive):
        raise NeedsCode(appointment)
    return OpenedAppointment(appointment, at) if appointment else None


def act(shown: OpenedAppointment, name: str) -> None:
    """Do what the button says; raises Refused."""
    given: dict[str, Any] = {"appointment": shown.appointment, "at": shown.now}
    if name == CONFIRM:
        services.confirm(**given)
    elif name == CANCEL:
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

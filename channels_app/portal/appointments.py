"""What a citizen may do with her appointment, once a link of ours has opened it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.appointments import services
from requests_app.appointments.models import Appointment
from requests_app.outbox import links
from requests_app.reminders.services.saying import PURPOSE_OF_LINK
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Channel
from requests_app.tickets.said import Said
from requests_app.tickets.services import receive

LONGEST = 2_000
CONFIRM, CANCEL, RESTORE = "confirmer", "annuler", "retablir"
DONE = {
    CONFIRM: "confirme",
    CANCEL: "annule",
    RESTORE: "retabli",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment as its page shows it; ``is_hidden``: sensitive, the link alone shows nothing (W09)."""

    appointment: Appointment
    now: datetime

    @property
    def is_hidden(self) -> bool:
        return self.appointment.ticket.is_sensitive

    @property
    def is_to_come(self) -> bool:
        return self.appointment.is_expected and self.appointment.starts_at > self.now

    @property
    def is_cancelled_by_her(self) -> bool:
        """She may take it back until its hour."""
        state, now = Appointment.State.CANCELLED_BY_PERSON, self.now
        is_hers = self.appointment.state == state and self.appointment.can_undo
        return is_hers and self.appointment.starts_at > now


def opened_by(secret: str, at: datetime) -> Shown | None:
    """The appointment of a link that may still be followed."""
    found = links.resolve(secret, at)
    if found is None or found[0] != PURPOSE_OF_LINK:
        return None
    rows = Appointment.objects.select_related("ticket", "type", "maison__commune")
    appointment = rows.filter(pk=found[1]).first()
    return Shown(appointment, at) if appointment else None


def act(shown: Shown, name: str) -> None:
    """Do what the button says; raises Refused."""
    if shown.is_hidden:
        raise Refused(_("Appelez-nous pour changer ce rendez-vous."))
    given: dict[str, Any] = {"appointment": shown.appointment, "at": shown.now}
    if name == CONFIRM:
        services.confirm(**given)
    elif name == CANCEL:
        services.cancel_by_person(**given, by=None)
    elif shown.is_cancelled_by_her:
        services.undo(**given, by=None)
    else:
        raise Refused(_("Ce rendez-vous a changé. Appelez-nous."))


def ask_other_date(shown: Shown, words: str) -> None:
    """Her words join the demand as those of any channel: an agent answers."""
    if shown.is_hidden:
        raise Refused(_("Appelez-nous pour changer ce rendez-vous."))
    with translation.override(settings.LANGUAGE_CODE):  # agents read it
        _receive(shown, words)


def _receive(shown: Shown, words: str) -> None:
    ticket = shown.appointment.ticket
    said = Said(
        channel=Channel.Kind.PORTAL,
        occurred_at=shown.now,
        text=words[:LONGEST],
        reply_text=words[:LONGEST],
        subject=_("Autre date de rendez-vous"),
        person_id=ticket.person_id,
        ticket_id=ticket.pk,
        facts={"about": PURPOSE_OF_LINK, "appointment": shown.appointment.pk},
    )
    receive(said, at=shown.now)

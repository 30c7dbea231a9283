"""What is true about a ticket today, beside its state: late, transferred, an appointment (A03, S07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.portal.progress import is_late
from requests_app.appointments.calendar_file import where
from requests_app.appointments.models import Appointment
from requests_app.lib import french, phones
from requests_app.tickets.competence import goes_to_our_service
from requests_app.tickets.models import Outcome, Ticket
from requests_app.tickets.selectors.family import told_to_person

State = Appointment.State


@dataclass(frozen=True, slots=True)
class Fact:
    """One box of the page: the fact, then what the person can do; ``level`` as in ui/notice.html.

    ``is_appointment``: they are expected.
    """

    strong: str
    text: str
    level: str = ""
    is_appointment: bool = False


def facts_of(ticket: Ticket, at: datetime) -> list[Fact]:
    """Return the boxes under the title, most urgent first; none when the state says it all."""
    found = (_late(ticket, at), _passed_on(ticket), _appointment(ticket, at))
    return [fact for fact in found if fact]


def who_to_call(ticket: Ticket) -> tuple[str, str]:
    """Return the Maison in charge and its number, or the authority's: a sensitive ticket names no place."""
    maison = ticket.maison
    if maison is None or ticket.is_sensitive or not maison.phone:
        return settings.AUTHORITY_NAME, settings.AUTHORITY_PHONE
    return maison.name, phones.format_national(maison.phone)


def _late(ticket: Ticket, at: datetime) -> Fact | None:
    if ticket.due_at is None or not is_late(ticket, at):
        return None
    name, phone = who_to_call(ticket)
    words = _(
        "Vous deviez avoir une réponse avant le %(day)s. Appelez %(name)s au %(phone)s et donnez votre "
        "numéro : on vous dit où en est votre demande."
    )
    said = words % {"day": french.day(ticket.due_at), "name": name, "phone": phone}
    return Fact(_("Nous sommes en retard."), said, "warning")


def _passed_on(ticket: Ticket) -> Fact | None:
    if ticket.outcome != Outcome.TRANSFERRED:
        return None
    if goes_to_our_service(ticket):
        return _entrusted_fact(ticket)
    if ticket.is_sensitive or not ticket.transfer_body:
        return Fact(_("Un autre organisme vous répond."), _("Vous n’avez rien à envoyer de nouveau."))
    words = _("C’est cet organisme qui vous répond. Vous n’avez rien à envoyer de nouveau.")
    return Fact(_("Transmise à : %(body)s.") % {"body": ticket.transfer_body}, words)


def _entrusted_fact(ticket: Ticket) -> Fact:
    """Describe a request given to our own service: nothing changes; a sensitive one names no service."""
    words = _("Vous n’avez rien à renvoyer. La date de votre demande ne change pas.")
    if ticket.is_sensitive:
        return Fact(_("Un autre de nos services vous répond."), words)
    return Fact(_("Confiée à un autre service : %(body)s.") % {"body": ticket.transfer_body}, words)


def _appointment(ticket: Ticket, at: datetime) -> Fact | None:
    """Return the next appointment, else the last cancelled one that was still to come."""
    rows = Appointment.objects.select_related("type", "maison__commune").filter(starts_at__gt=at)
    rows = rows.filter(told_to_person(ticket))
    coming = list(rows.order_by("starts_at", "pk"))
    expected = next((each for each in coming if each.state in {State.BOOKED, State.CONFIRMED}), None)
    return _appointment_fact(expected) if expected else _cancelled_fact(coming)


def _appointment_fact(appointment: Appointment) -> Fact:
    words = _("Vous avez rendez-vous le %(when)s.") % {"when": french.moment(appointment.starts_at)}
    said = [where(appointment) + "."]
    if appointment.state == State.CONFIRMED:
        said.append(_("Vous avez confirmé."))
    said.append(_("Cette date ne va pas ? Écrivez-le dans un message, ou appelez-nous."))
    return Fact(words, " ".join(said), is_appointment=True)


def _cancelled_fact(coming: Sequence[Appointment]) -> Fact | None:
    if not coming:
        return None
    last = max(coming, key=lambda each: each.changed_at)
    when = {"when": french.moment(last.starts_at)}
    if last.state == State.CANCELLED_BY_SERVICE:
        words = _("Votre rendez-vous du %(when)s est annulé.") % when
        return Fact(words, _("Le service a dû l’annuler. Ne venez pas."), "warning")
    if last.state == State.CANCELLED_BY_PERSON:
        return Fact(_("Votre rendez-vous du %(when)s est annulé, comme vous l’avez dit.") % when, "")
    return None

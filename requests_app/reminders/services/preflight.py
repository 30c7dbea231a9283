"""Checked just before a message leaves: the appointment, its date, the person's choice (threats: O04)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.appointments.obstacles import why_impossible
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.reminders.ways import places_at
from requests_app.tickets.messages.silence import why_silent
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.person_proposals import shared_values

LAST_MOMENT = timedelta(hours=2)  # a later reminder finds them on the way, or not at all
ENDED_BY: dict[str, str] = {
    Reminder.Purpose.CANCELLATION: Appointment.State.CANCELLED_BY_SERVICE,
    Reminder.Purpose.CANCELLED_AS_ASKED: Appointment.State.CANCELLED_BY_PERSON,
}
READ = ("appointment__ticket", "outgoing__contact_point")


def is_still_valid(outgoing: Outgoing, at: datetime) -> str:
    """Say why this message must no longer leave; "" when it is still valid."""
    reminder = Reminder.objects.select_related(*READ).filter(outgoing=outgoing.pk).first()
    if reminder is None:
        return _("Ce message n’est d’aucun rendez-vous.")
    return _date_holds(reminder, at) or why_person_disagrees(reminder.appointment.ticket, reminder.outgoing)


def _date_holds(reminder: Reminder, at: datetime) -> str:
    appointment, purpose = reminder.appointment, reminder.purpose
    if reminder.round != appointment.round:
        return _("La date du rendez-vous a changé.")
    if appointment.starts_at <= at:
        return _("Le rendez-vous est passé.")
    if purpose in Reminder.ENDS:
        return "" if appointment.state == ENDED_BY[purpose] else _("Le rendez-vous n’est plus annulé.")
    if not appointment.is_expected:
        return _("Le rendez-vous n’est plus prévu.")
    if purpose == Reminder.Purpose.REMINDER and appointment.starts_at - at < LAST_MOMENT:
        return _("Trop tard pour rappeler ce rendez-vous.")
    return why_impossible(appointment)


def why_person_disagrees(ticket: Ticket, outgoing: Outgoing) -> str:
    """Say why the person must not get it: another contact, their choice, a danger; "" when they may."""
    point: ContactPoint | None = outgoing.contact_point
    if point is None or point.value != outgoing.recipient or point.person_id != ticket.person_id:
        return _("Ce contact n’est plus celui de la personne.")
    shared = shared_values(ticket) if ticket.is_sensitive else ()
    if outgoing.channel not in {key for _place, key in places_at(point, ticket, shared)}:
        return _("La personne ne veut plus de rappel à ce contact, ou il est à vérifier.")
    if silence := why_silent(ticket, outgoing.kind):
        return silence
    if ticket.is_sensitive and not outgoing.payload.get("discreet"):
        return _("La demande est devenue réservée : le message en disait trop.")
    return ""

"""A person's message about an appointment: understood or not, it sets a mark that an agent sees."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.people.models import ContactPoint
from requests_app.reminders.reading import Reading, comes_after_all, read
from requests_app.reminders.services.cancelling import cancel_and_confirm
from requests_app.reminders.services.meant import AppointmentMatch, match_appointment
from requests_app.tickets import todos
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket, ToDo
from requests_app.tickets.selectors.person_proposals import shared_values
from requests_app.tickets.services.listening import PersonMessage
from requests_app.tickets.services.number_matching import is_shared

Reply = Appointment.Reply


def handle_message(words: PersonMessage, at: datetime) -> None:
    """Find the appointment a message is about, do what it clearly says, mark what it may say."""
    if words.said.facts.get("is_settled"):
        return
    reading = read(words.text)
    meant = match_appointment(words, reading, at)
    if meant is None or (meant.appointment.state == Appointment.State.CONFIRMED and _says_yes(reading)):
        return
    if meant.appointment.is_cancelled:
        _mark_cancelled(words, meant, reading, at)
    elif not (meant.is_sure and reading.is_clear and _act(words, meant, reading, at)):
        _mark(words, meant, reading, at)


def _says_yes(reading: Reading) -> bool:
    return reading.reply == Reply.COMING and reading.is_clear


def _act(words: PersonMessage, meant: AppointmentMatch, reading: Reading, at: datetime) -> bool:
    """Act: a yes confirms; a no from their own number cancels, and is confirmed. False when it cannot be."""
    appointment = meant.appointment
    try:
        if reading.reply == Reply.COMING:
            appointments.confirm(appointment=appointment, at=at)
            return True
        point = _own_number(words, appointment.ticket)
        return point is not None and cancel_and_confirm(
            appointment, point, at, channel=words.touchpoint.channel
        )
    except Refused:
        return False


def _own_number(words: PersonMessage, ticket: Ticket) -> ContactPoint | None:
    """Return the person's own number, when nobody else answers there."""
    number = words.said.by_number
    if not number:
        return None
    points = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).filter(person=ticket.person_id)
    point = None if is_shared(number) else points.first()
    return point if point and point.value not in shared_values(ticket) else None


def _mark_cancelled(words: PersonMessage, meant: AppointmentMatch, reading: Reading, at: datetime) -> None:
    """Mark somebody who may come after all, for an agent to handle; a plain « merci » says nothing."""
    if comes_after_all(words.text):
        _mark(words, replace(meant, reply=Reply.COMING), reading, at)
    elif Reply.OTHER_DATE in (meant.reply, reading.reply) or (
        reading.is_about and reading.reply == Reply.WROTE
    ):
        _mark(words, meant, reading, at)


def _mark(words: PersonMessage, meant: AppointmentMatch, reading: Reading, at: datetime) -> None:
    reply = meant.reply or reading.reply
    appointments.note_reply(appointment=meant.appointment, reply=reply, at=at)
    if reply != Reply.COMING or meant.appointment.is_cancelled:
        there, about = words.touchpoint.ticket, meant.appointment.ticket
        elsewhere = there.reference if there.pk not in (about.pk, about.merged_into_id) else ""
        is_theirs = not elsewhere or there.person_id == about.person_id
        is_sure = words.said.is_sender_sure and is_theirs  # a stranger may have named the ticket
        ask_to_review(meant.appointment, at=at, elsewhere=elsewhere, is_unsure=not is_sure)


@translation.override(settings.LANGUAGE_CODE)  # the person may have used the English page
def ask_to_review(
    appointment: Appointment, *, at: datetime, elsewhere: str = "", is_unsure: bool = False
) -> None:
    """Ask an agent to handle it; the latest message replaces a waiting one. ``elsewhere`` holds it."""
    text = _sentence(appointment) % {"when": french.moment(appointment.starts_at)}
    if elsewhere:
        text += " " + _("Son message est dans la demande %(reference)s.") % {"reference": elsewhere}
    if is_unsure:
        text += " " + _("Vérifiez que c’est bien cette personne.")
    drop_review(appointment, at=at)
    todos.ask(
        ticket=appointment.ticket,
        kind=ToDo.Kind.APPOINTMENT,
        text=text,
        key=review_key(appointment),
        at=at,
        due_at=appointment.starts_at,
    )


def drop_review(appointment: Appointment, *, at: datetime) -> None:
    """Drop the task: something was decided."""
    todos.drop(key=review_key(appointment), at=at)


def review_key(appointment: Appointment) -> str:
    return f"reply:appointment-{appointment.pk}"


def _sentence(appointment: Appointment) -> str:
    if appointment.is_cancelled and appointment.reply == Reply.COMING:
        return _("Rendez-vous du %(when)s, annulé : la personne dit qu’elle viendra. Redonnez-le ou appelez.")
    if appointment.is_cancelled and appointment.reply in (Reply.WROTE, Reply.OTHER_DATE):
        return _("Rendez-vous du %(when)s, annulé : la personne a écrit depuis. Lisez son message.")
    if appointment.state == Appointment.State.CANCELLED_BY_PERSON:
        return _("Rendez-vous du %(when)s : la personne l’a annulé. Proposez une autre date, ou terminez.")
    if appointment.reply == Reply.NOT_COMING:
        return _(
            "Rendez-vous du %(when)s : la personne dit qu’elle ne viendra pas. Changez-le, ou annulez-le."
        )
    if appointment.reply == Reply.OTHER_DATE:
        return _("Rendez-vous du %(when)s : la personne demande une autre date. Proposez-en une.")
    return _("Rendez-vous du %(when)s : la personne a écrit. Lisez son message.")

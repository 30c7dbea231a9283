"""« ARRIVÉ », from the door of the Maison on the day of the appointment: the agent knows at once.

The person is told that it is noted, with the number that will be called.
"""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import EARLY
from requests_app.attendance.services.welcoming import welcome
from requests_app.lib import french, short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox import windows
from requests_app.people.models import ContactPoint
from requests_app.tickets.errors import Refused

ARRIVED = (
    *("ARRIVÉ", "ARRIVÉE", "ARRIVER", "ARRIVÉS", "Je suis arrivé", "Je suis arrivée", "Nous sommes arrivés"),
    *("Bien arrivé", "Bien arrivée", "Je suis là", "J’y suis", "On est là", "Je suis sur place"),
    *("ARRIVED", "I arrived", "I have arrived", "I am here", "I’m here", "HERE"),
    *("وصلت", "أنا هنا", "لقد وصلت"),  # Arabic
    *("GELDİM", "Buradayım"),  # Turkish
    *("CHEGUEI", "Estou aqui"),  # Portuguese
    *("LLEGUÉ", "He llegado", "Ya llegué", "Estoy aquí"),  # Spanish
    *("Я прибув", "Я прибула", "Прибув", "Прибула", "Я тут"),  # Ukrainian
)


def register() -> None:
    """Register the words understood here."""
    short_words.register(ARRIVED, read_arrived)


def read_arrived(number: str, word: str, at: datetime) -> Meaning | None:
    """Read an arrival at today's only appointment of that number; before its day the word says nothing."""
    today = _today(number, at)
    if not today:
        return None
    words = {"time": french.clock(today[0].starts_at)}
    reference = today[0].ticket.reference
    if len(today) > 1:
        doubt = _("La personne dit qu’elle est arrivée : plusieurs rendez-vous sont prévus, vérifiez lequel.")
        return Meaning(reference, doubt)
    said = _("La personne dit qu’elle est arrivée au rendez-vous de %(time)s.") % words
    return Meaning(reference, said, partial(_note, today[0], number))


def _today(number: str, at: datetime) -> list[Appointment]:
    """List what is expected today at this number and not over, two at most: enough to know of a doubt."""
    start, end = windows.day_of(at)
    theirs = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).values("person")
    rows = Appointment.objects.expected().between(start, end).filter(type__is_by_phone=False)
    near = rows.filter(ticket__person__in=theirs, ends_at__gt=at, starts_at__lte=at + EARLY)
    return list(near.select_related("ticket").order_by("starts_at", "pk")[:2])


def _note(appointment: Appointment, number: str, touchpoint_id: int, at: datetime) -> None:
    """Note it and say so; when the appointment changed at the same moment, leave the message to the agent."""
    try:
        welcome(appointment=appointment, number=number, at=at)
    except Refused:
        return

"""« OUI » and « ANNULER »: answers to the last message sent to that number about an appointment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.appointments import services as appointments
from requests_app.appointments.models import Appointment
from requests_app.lib import french, short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.cancelling import cancel_and_confirm
from requests_app.tickets.errors import Refused
from requests_app.tickets.selectors.person_proposals import shared_values
from requests_app.tickets.services.number_matching import is_shared

YES = ("OUI", "OK", "D’accord", "Je confirme", "Je serai là", "YES")
NO = ("ANNULER", "ANNULÉ", "J’annule", "Je ne viens pas", "CANCEL")
REMEMBERED = timedelta(days=30)


def register() -> None:
    """Register the keywords understood here."""
    short_words.register(YES, read_yes)
    short_words.register(NO, read_no)


def read_yes(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a yes as a confirmation; on a shared number, of the only appointment its persons have."""
    if is_shared(number):
        return _read_shared_yes(number, at)
    reminder = _asked_reminder(number, at)
    return mean_yes(reminder.appointment) if reminder else None


def _read_shared_yes(number: str, at: datetime) -> Meaning | None:
    """Read it likewise, or ask an agent which of several is meant; a date they were not told is none."""
    last, coming = _last_told(number, at), _coming(number, at)
    if last is None or not coming:
        return None
    if len(coming) > 1:
        doubt = _("Réponse « oui » d’un numéro partagé : plusieurs rendez-vous sont prévus, vérifiez lequel.")
        return Meaning(last.appointment.ticket.reference, doubt)
    is_earlier_date = last.appointment_id == coming[0].pk and last.round != coming[0].round
    return None if is_earlier_date else mean_yes(coming[0])


def _coming(number: str, at: datetime) -> list[Appointment]:
    """List the coming appointments at this number, two at most, which tells whether it is the only one."""
    theirs = ContactPoint.objects.at(ContactPoint.Kind.PHONE, number).values("person")
    coming = Appointment.objects.expected().filter(ticket__person__in=theirs, starts_at__gt=at)
    return list(coming.select_related("ticket").order_by("starts_at", "pk")[:2])


def mean_yes(appointment: Appointment) -> Meaning:
    """Return what a yes about this appointment means: its confirmation."""
    sentence = _("La personne confirme le rendez-vous du %(when)s.") % {
        "when": french.moment(appointment.starts_at)
    }
    return Meaning(appointment.ticket.reference, sentence, _acting(appointment, _confirm))


def read_no(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a no as a cancellation; on a shared number an agent finds out who wrote."""
    reminder = _asked_reminder(number, at)
    return mean_no(reminder) if reminder else None


def mean_no(reminder: Reminder) -> Meaning:
    """Return what a no to this message means: a cancellation, or a doubt where the number is shared."""
    appointment, point = reminder.appointment, reminder.outgoing.contact_point
    words = {"when": french.moment(appointment.starts_at)}
    if point is None or is_shared(point.value) or point.value in shared_values(appointment.ticket):
        doubt = _(
            "Réponse « annuler » au rendez-vous du %(when)s : le numéro est partagé, vérifiez "
            "avec la personne."
        )
        return Meaning(appointment.ticket.reference, doubt % words)
    sentence = _("La personne annule le rendez-vous du %(when)s.") % words
    return Meaning(
        appointment.ticket.reference,
        sentence,
        _acting(appointment, partial(_cancel, point, reminder.outgoing.channel)),
    )


def list_open(number: str, *, since: datetime, at: datetime) -> list[Reminder]:
    """List the last messages sent there since then about appointments not confirmed yet, latest first."""
    told = Reminder.objects.filter(
        outgoing__recipient=number,
        outgoing__state__in=Outgoing.HANDED_OVER,
        outgoing__sent_at__gt=since,
        appointment__state=Appointment.State.BOOKED,
        appointment__starts_at__gt=at,
        appointment__round=F("round"),
    ).exclude(purpose__in=Reminder.ENDS)
    read = told.select_related("appointment__ticket", "outgoing__contact_point__person")
    latest: dict[int, Reminder] = {}
    for reminder in read.order_by("-outgoing__sent_at", "-pk"):
        latest.setdefault(reminder.appointment_id, reminder)
    return list(latest.values())


def find_open(pk: int, at: datetime) -> Reminder | None:
    """Return a message about an appointment that may still be kept, on the date it gave."""
    read = Reminder.objects.select_related("appointment__ticket", "outgoing__contact_point__person")
    return _only_open(read.filter(pk=pk).first(), at)


def _only_open(reminder: Reminder | None, at: datetime) -> Reminder | None:
    if reminder is None or not reminder.appointment.is_expected or reminder.appointment.starts_at <= at:
        return None
    return reminder if reminder.round == reminder.appointment.round else None


def _asked_reminder(number: str, at: datetime) -> Reminder | None:
    """Return the last reminder sent to this number, when its appointment may still be kept."""
    return _only_open(_last_told(number, at), at)


def _last_told(number: str, at: datetime) -> Reminder | None:
    """Return the last reminder sent to this number, when nobody has asked anything else since."""
    said = Reminder.objects.filter(
        outgoing__recipient=number,
        outgoing__state__in=Outgoing.HANDED_OVER,
        outgoing__sent_at__gt=at - REMEMBERED,
    ).exclude(purpose__in=Reminder.ENDS)
    read = said.select_related("appointment__ticket", "outgoing__contact_point__person")
    last = read.order_by("-outgoing__sent_at", "-pk").first()
    return None if last is None or _asked_since(number, last) else last


def _asked_since(number: str, last: Reminder) -> bool:
    """Tell whether an agent wrote there since, or a freed date was offered: « oui » answers that."""
    asks = (Outgoing.Kind.ANSWER, Outgoing.Kind.OFFER)
    answers = Outgoing.objects.filter(kind__in=asks, recipient=number, state__in=Outgoing.HANDED_OVER)
    return answers.filter(sent_at__gt=last.outgoing.sent_at).exists()


def _confirm(appointment: Appointment, at: datetime) -> None:
    appointments.confirm(appointment=appointment, at=at)


def _cancel(point: ContactPoint, channel: str, appointment: Appointment, at: datetime) -> None:
    cancel_and_confirm(appointment, point, at, channel=channel)


def _acting(
    appointment: Appointment, verb: Callable[[Appointment, datetime], None]
) -> Callable[[int, datetime], object]:
    return partial(_act, appointment, verb)


def _act(
    appointment: Appointment,
    verb: Callable[[Appointment, datetime], None],
    touchpoint_id: int,
    at: datetime,
) -> None:
    """Do it; when the appointment changed at the same moment, leave the message to the agent."""
    try:
        verb(appointment, at)
    except Refused:
        return

"""Which appointment a message is about: the one we last wrote of, or the one it names."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import CANCELLED, EXPECTED
from requests_app.outbox.models import Outgoing
from requests_app.outbox.models.outgoing import OutgoingQuerySet
from requests_app.reminders.days import fits
from requests_app.reminders.reading import MAX_SHORT, Reading, comes_after_all
from requests_app.tickets.services.listening import PersonMessage

Kind, Reply = Outgoing.Kind, Appointment.Reply
# What a person answers; acknowledgments ask nothing.
ASKS = (Kind.ANSWER, Kind.APPOINTMENT, Kind.REMINDER, Kind.OFFER)
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AppointmentMatch:
    """``is_sure``: a clear message may act on it. ``reply`` is the mark, when it is not what was read."""

    appointment: Appointment
    is_sure: bool = False
    reply: str = ""


def match_appointment(words: PersonMessage, reading: Reading, at: datetime) -> AppointmentMatch | None:
    """Return the coming appointment that a message is about, if any.

    A new message from an unknown person costs no statement, one in a ticket without appointments one.
    """
    says_something = reading.is_about or comes_after_all(words.text)
    if words.is_new and not words.others and (not says_something or _is_new_person(words)):
        return None
    coming = _coming(words, at)
    if not coming:
        return None
    if pk := words.said.facts.get("appointment"):  # the page of that very appointment
        asked = next((each for each in coming if each.pk == pk), None)
        return AppointmentMatch(asked, reply=Reply.OTHER_DATE) if asked else None
    return _choose(words, reading, coming, at)


def _is_new_person(words: PersonMessage) -> bool:
    person = words.touchpoint.ticket.person
    return person is None or person.created_at == words.touchpoint.recorded_at


def _coming(words: PersonMessage, at: datetime) -> list[Appointment]:
    """List those of these tickets and of their persons, soonest first; cancelled ones too."""
    tickets = [words.touchpoint.ticket, *words.others]
    persons = {ticket.person_id for ticket in tickets if ticket.person_id}
    ids = [ticket.pk for ticket in tickets]
    theirs = Q(ticket__in=ids) | Q(ticket__merged_into__in=ids) | Q(ticket__person__in=persons)
    found = Appointment.objects.filter(theirs, state__in=(*EXPECTED, *CANCELLED), starts_at__gt=at)
    return list(found.select_related("ticket", "maison__commune", "type").order_by("starts_at", "pk")[:20])


def _choose(
    words: PersonMessage, reading: Reading, coming: list[Appointment], at: datetime
) -> AppointmentMatch | None:
    told = _last_told(words, coming, at)
    if told and told.is_cancelled:
        if _fits(words.text, told, at):
            return AppointmentMatch(told)
        told = None
    expected = [each for each in coming if each.is_expected]
    found = _choose_among_expected(words, reading, expected, told, at) if expected else None
    if found or not (reading.is_about or comes_after_all(words.text)):
        return found
    cancelled = (each for each in coming if each.is_cancelled and _fits(words.text, each, at))
    return next((AppointmentMatch(each) for each in cancelled), None)


def _choose_among_expected(
    words: PersonMessage, reading: Reading, coming: list[Appointment], told: Appointment | None, at: datetime
) -> AppointmentMatch | None:
    fitting = [each for each in coming if _fits(words.text, each, at)]
    if told:
        is_sure = not words.is_new and words.said.is_sender_sure and told in fitting
        if told in fitting or not fitting:
            return AppointmentMatch(told, is_sure=is_sure, reply="" if told in fitting else Reply.WROTE)
    if not reading.is_about:
        return None
    there = words.touchpoint.ticket_id
    here = [each for each in fitting if there in (each.ticket_id, each.ticket.merged_into_id)]
    among = here or fitting
    if not among:  # a day that is none of theirs: an agent reads it
        return AppointmentMatch(coming[0], reply=Reply.WROTE)
    return AppointmentMatch(among[0], reply="" if len(among) == 1 else Reply.WROTE)


def _fits(text: str, appointment: Appointment, at: datetime) -> bool:
    day = timezone.localtime(appointment.starts_at).date()
    return fits(text, day, timezone.localtime(at).date())


def _last_told(words: PersonMessage, coming: list[Appointment], at: datetime) -> Appointment | None:
    """Return the one our last message was about: to this contact, or, for a short message, on this ticket."""
    said = Outgoing.objects.filter(kind__in=ASKS, state__in=Outgoing.HANDED_OVER, sent_at__gt=at - REMEMBERED)
    to_them = said.filter(recipient=words.said.sender_value) if words.said.sender_value else said.none()
    found = _last(to_them, coming)
    if found or words.is_new or len(words.text.split()) > MAX_SHORT:
        return found
    there = words.touchpoint.ticket_id
    here = Q(touchpoint__ticket=there) | Q(touchpoint__ticket__merged_into=there)
    return _last(said.filter(here), coming)


def _last(said: OutgoingQuerySet, coming: list[Appointment]) -> Appointment | None:
    rows = said.order_by("-sent_at", "-pk").values_list("reminder__appointment", "reminder__round")
    last = rows.first()
    return next((each for each in coming if (each.pk, each.round) == last), None)

"""A message about an appointment becomes one row of the outbox, by one channel (threats: I4)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.appointments.calendar_file import Invitation, calendar_file, method_of
from requests_app.appointments.models import Appointment
from requests_app.channels.outbound import CalendarPart, Reply
from requests_app.channels.ways_out import compose
from requests_app.lib import seals
from requests_app.lib.languages import speaking
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message
from requests_app.reminders.models import Reminder
from requests_app.reminders.texts import brief_texts, mail_text
from requests_app.reminders.ways import ContactMethod
from requests_app.tickets.messages.many import AutomaticMessage, plan_messages

Purpose = Reminder.Purpose
PURPOSE_OF_LINK = "appointment"
UNDO = timedelta(seconds=10)  # an appointment given by mistake is undone before anyone hears of it


@dataclass(frozen=True, slots=True)
class AppointmentMessage:
    """One message about an appointment by one channel, at ``wanted`` (now when None).

    ``instead_of`` is the date the person was told before.
    """

    appointment: Appointment
    purpose: str
    way: ContactMethod
    days_before: int | None = None
    wanted: datetime | None = None
    instead_of: datetime | None = None

    @property
    def key(self) -> str:
        return key_of(self.appointment, self.purpose, self.days_before, self.way)

    @property
    def is_extra(self) -> bool:
        """Tell whether it is a reminder of no rule: one more, to help somebody come."""
        return self.purpose == Purpose.REMINDER and self.days_before is None

    @property
    def language(self) -> str:
        """Return the language the person wrote in about this, else their last one; "" when unknown."""
        person = self.way.point.person
        return self.appointment.ticket.language or (person.language if person else "")


def linked_appointments(ticket_ids: Collection[int]) -> Iterable[int]:
    """Return what the links of these tickets' appointments lead to, to be revoked (threats: N06)."""
    return Appointment.objects.filter(ticket__in=ticket_ids).values_list("pk", flat=True)


def tell(things: Sequence[AppointmentMessage], *, at: datetime) -> None:
    """Plan these messages; idempotent for the same reason. Seven statements in all."""
    by_key = {thing.key: thing for thing in things}
    links.links_for({key: thing.appointment.pk for key, thing in by_key.items()}, PURPOSE_OF_LINK, at)
    sayings = [
        AutomaticMessage(thing.appointment.ticket, _message(thing, key), thing.wanted)
        for key, thing in by_key.items()
    ]
    ids = plan_messages(sayings, at=at)
    rows = [_reminder(thing, ids[key]) for key, thing in by_key.items() if key in ids]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def _reminder(thing: AppointmentMessage, outgoing_id: int) -> Reminder:
    return Reminder(
        appointment=thing.appointment,
        outgoing_id=outgoing_id,
        purpose=thing.purpose,
        days_before=thing.days_before,
        round=thing.appointment.round,
    )


def key_of(appointment: Appointment, purpose: str, days_before: int | None, way: ContactMethod) -> str:
    """Build ``kind:subject:starts_at:recipient:channel``: another date, or one given back, is another key."""
    kind = f"{purpose}-{days_before}" if days_before else purpose
    subject = f"{kind}:appointment-{appointment.pk}.{appointment.round}"
    return f"{subject}{stamp(appointment)}{way.point.value[:120]}:{way.channel}"


def stamp(appointment: Appointment) -> str:
    """Return the date as a key writes it."""
    return f":{appointment.starts_at.astimezone(UTC):%Y%m%dT%H%MZ}:"


def date_in(key: str) -> datetime | None:
    """Return the date that a key of ours was written for."""
    parts = key.split(":")
    try:
        return datetime.strptime(parts[2], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return None


def _message(thing: AppointmentMessage, key: str) -> Message:
    ticket, way = thing.appointment.ticket, thing.way
    is_reminder = thing.purpose == Purpose.REMINDER
    return Message(
        key=key,
        kind=Outgoing.Kind.REMINDER if is_reminder else Outgoing.Kind.APPOINTMENT,
        channel=way.channel,
        recipient=way.point.value,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=way.point,
        delay=UNDO,
        payload=_payload(thing),
    )


def old_date_in(outgoing: Outgoing) -> datetime | None:
    """Return the date that this message replaces."""
    written = outgoing.payload.get("instead_of")
    return datetime.fromisoformat(written) if written else None


def _payload(thing: AppointmentMessage) -> dict[str, Any]:
    appointment, purpose, old = thing.appointment, thing.purpose, thing.instead_of
    ticket, discreet = appointment.ticket, appointment.ticket.is_sensitive
    said: dict[str, Any] = {"is_discreet": discreet, "instead_of": old, "language": thing.language}
    starts_at, maison, by_phone = appointment.starts_at, appointment.maison, appointment.type.is_by_phone
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: _full(thing, mail_text(purpose, appointment, is_extra=thing.is_extra, **said)),
        brief=lambda: brief_texts(purpose, starts_at, maison, is_by_phone=by_phone, **said),
        more={"discreet": discreet, **({"instead_of": old.isoformat()} if old else {})},
        calendar=None if purpose == Purpose.REMINDER else lambda: _calendar(thing),
    )
    return compose(thing.way.channel, reply).content


def _calendar(thing: AppointmentMessage) -> CalendarPart:
    """Return what this message asks of their calendar: to add the appointment, change it or cancel it."""
    given = thing.appointment
    between = Invitation(
        attendee=thing.way.point.value,
        organizer=seals.reply_address(given.ticket.reference),
        is_discreet=given.ticket.is_sensitive,
    )
    file = calendar_file(given, at=given.changed_at, language=thing.language, invitation=between)
    return CalendarPart(file.decode(), method_of(given, is_sent=True))


def _full(thing: AppointmentMessage, text: str) -> dict[str, Any]:
    with speaking(thing.language):
        words = {"reference": thing.appointment.ticket.reference}
        subject = _("Votre demande %(reference)s") % words
    return {"sender": settings.AUTHORITY_NAME, "subject": subject, "text": text}

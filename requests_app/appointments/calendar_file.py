"""An appointment as an iCalendar file (RFC 5545): neutral text, hours in UTC, nothing of the ticket."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import CANCELLED
from requests_app.lib.languages import speaking
from requests_app.maisons.models import Maison

LINE = 75  # octets (RFC 5545, 3.1)
_QUOTED = re.compile(r'["\x00-\x1f\x7f]')  # what a quoted parameter may not hold
# The labels shipped in data/types.toml; one that an administrator wrote is shown as it is.
SHIPPED: dict[str, Promise] = {
    "Rendez-vous": gettext_lazy("Rendez-vous"),
    "Premier rendez-vous": gettext_lazy("Premier rendez-vous"),
    "Rendez-vous de suivi": gettext_lazy("Rendez-vous de suivi"),
    "Rendez-vous pour un dossier": gettext_lazy("Rendez-vous pour un dossier"),
    "Rendez-vous par téléphone": gettext_lazy("Rendez-vous par téléphone"),
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """Between whom a file sent by mail stands: who reads it, and the address that answers come back to.

    ``is_discreet``: it names no place, as its mail.
    """

    attendee: str
    organizer: str
    is_discreet: bool = False


def calendar_file(
    appointment: Appointment, *, at: datetime, language: str = "", invitation: Invitation | None = None
) -> bytes:
    """Render the file; a moved appointment has the same UID and a higher SEQUENCE: calendars update it.

    One called off has a higher one too, and one that stands again a higher one still.
    """
    is_off = appointment.state in CANCELLED
    place = "" if invitation and invitation.is_discreet else where(appointment, language)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//GRU//Rendez-vous//FR",
        f"METHOD:{method_of(appointment, is_sent=invitation is not None)}",
        "BEGIN:VEVENT",
        f"UID:rendez-vous-{appointment.pk}@{settings.MAIL_DOMAIN}",
        f"SEQUENCE:{_sequence(appointment)}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(appointment.starts_at)}",
        f"DTEND:{_instant(appointment.ends_at)}",
        f"SUMMARY:{_text(_summary(appointment, language))}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        _organizer(invitation.organizer if invitation else settings.MAIL_FROM),
        *([_attendee(invitation.attendee)] if invitation else []),
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(part for line in lines for part in _fold(line))


def agent_calendar(appointments: Iterable[Appointment]) -> bytes:
    """Render the calendar of an agent: hours, room, address; neither name nor topic."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//GRU//Agenda//FR", "METHOD:PUBLISH"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for appointment in appointments:
        lines += _event_of_agent(appointment)
    return b"".join(part for line in [*lines, "END:VCALENDAR"] for part in _fold(line))


def _event_of_agent(appointment: Appointment) -> list[str]:
    words = ", ".join(part for part in ("Rendez-vous", appointment.room) if part)
    return [
        "BEGIN:VEVENT",
        f"UID:agenda-{appointment.pk}@{settings.MAIL_DOMAIN}",
        f"SEQUENCE:{_sequence(appointment)}",
        f"DTSTAMP:{_instant(appointment.changed_at)}",
        f"DTSTART:{_instant(appointment.starts_at)}",
        f"DTEND:{_instant(appointment.ends_at)}",
        f"SUMMARY:{_text(words)}",
        _organizer(settings.MAIL_FROM),
        f"LOCATION:{_text(where(appointment))}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def method_of(appointment: Appointment, *, is_sent: bool) -> str:
    """Return what the file asks of a calendar: to add or change it, to cancel it, or only to show it."""
    if appointment.state in CANCELLED:
        return "CANCEL"
    return "REQUEST" if is_sent else "PUBLISH"


def _sequence(appointment: Appointment) -> int:
    """Return a number that grows with each change: two a round, one more when it is called off."""
    return 2 * (appointment.round - 1) + (appointment.state in CANCELLED)


def _organizer(address: str) -> str:
    """Say who invites: PUBLISH, REQUEST and CANCEL all need it (RFC 5546, 3.2.1, 3.2.2, 3.2.5)."""
    return f"ORGANIZER;CN={_parameter(settings.AUTHORITY_NAME)}:mailto:{_address(address)}"


def _attendee(address: str) -> str:
    """Say who is invited: REQUEST needs it, PUBLISH forbids it."""
    return f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{_address(address)}"


def _parameter(words: str) -> str:
    return f'"{_QUOTED.sub(" ", words)}"'


def _address(address: str) -> str:
    return quote(address, safe="@+.")


def _summary(appointment: Appointment, language: str) -> str:
    with speaking(language):
        label = appointment.type.public_label
        words = {"authority": settings.AUTHORITY_NAME, "label": SHIPPED.get(label, label)}
        return _("%(authority)s : %(label)s") % words


def where(appointment: Appointment, language: str = "") -> str:
    """Return the address without the place's name, which could reveal the subject (threats: S07)."""
    if appointment.type.is_by_phone:
        with speaking(language or get_language() or ""):
            return _("Par téléphone")
    return where_of(appointment.maison)


def where_of(maison: Maison) -> str:
    """Return the address of a place without its name."""
    return ", ".join(part for part in (maison.address, maison.address_complement, maison.town) if part)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    for character in ("\\", ";", ","):
        words = words.replace(character, f"\\{character}")
    return " ".join(words.split())


def _fold(line: str) -> Iterator[bytes]:
    """Yield lines of 75 octets at most, never cut inside a character."""
    rest, room, start = line, LINE, b""
    while rest:
        size = len(rest)
        while len(rest[:size].encode()) > room - len(start):
            size -= 1
        yield start + rest[:size].encode() + b"\r\n"
        rest, start = rest[size:], b" "

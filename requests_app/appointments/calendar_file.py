"""An appointment as an iCalendar file (RFC 5545): neutral text, hours in UTC, nothing of the ticket."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import CANCELLED
from requests_app.lib.languages import speaking
from requests_app.maisons.models import Maison

LINE = 75  # octets (RFC 5545, 3.1)
# The labels shipped in data/types.toml; one that an administrator wrote is shown as it is.
SHIPPED: dict[str, Promise] = {
    "Rendez-vous": gettext_lazy("Rendez-vous"),
    "Rendez-vous par téléphone": gettext_lazy("Rendez-vous par téléphone"),
}


def calendar_file(appointment: Appointment, *, at: datetime, language: str = "") -> bytes:
    """Render the file; a moved appointment has the same UID and a higher SEQUENCE: calendars update it."""
    is_off = appointment.state in CANCELLED
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//GRU//Rendez-vous//FR",
        "METHOD:CANCEL" if is_off else "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:rendez-vous-{appointment.pk}@{settings.MAIL_DOMAIN}",
        f"SEQUENCE:{appointment.round}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(appointment.starts_at)}",
        f"DTEND:{_instant(appointment.ends_at)}",
        f"SUMMARY:{_text(_summary(appointment, language))}",
        f"LOCATION:{_text(where(appointment))}",
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
        f"SEQUENCE:{appointment.round}",
        f"DTSTAMP:{_instant(appointment.changed_at)}",
        f"DTSTART:{_instant(appointment.starts_at)}",
        f"DTEND:{_instant(appointment.ends_at)}",
        f"SUMMARY:{_text(words)}",
        f"LOCATION:{_text(where(appointment))}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _summary(appointment: Appointment, language: str) -> str:
    with speaking(language):
        label = appointment.type.public_label
        words = {"authority": settings.AUTHORITY_NAME, "label": SHIPPED.get(label, label)}
        return _("%(authority)s : %(label)s") % words


def where(appointment: Appointment) -> str:
    """Return the address without the place's name, which could reveal the subject (threats: S07)."""
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

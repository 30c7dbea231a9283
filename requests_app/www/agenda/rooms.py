"""The rooms of a Maison, under numbers that stay the same: names are written by hand, and can change."""

from datetime import datetime, timedelta
from zlib import crc32

from requests_app.appointments.models import Appointment
from requests_app.slots.models import Opening

AROUND = timedelta(days=92)
NUMBERS = 1_000_000_000


def number_of(name: str) -> int:
    """Return the number of a room, whose name is compared without case."""
    return crc32(name.lower().encode()) % NUMBERS


def rooms_at(maison_id: int, around: datetime) -> dict[int, str]:
    """Name the rooms that are opened, or were given three months around an instant; one statement."""
    opened = Opening.objects.standing().filter(maison=maison_id).exclude(room="")
    given = Appointment.objects.between(around - AROUND, around + AROUND).filter(maison=maison_id)
    names = opened.values_list("room").union(given.exclude(room="").values_list("room"))
    found: dict[int, str] = {}
    for name in sorted((row[0] for row in names), key=lambda name: (name.lower(), name)):
        found.setdefault(number_of(name), name)
    return found

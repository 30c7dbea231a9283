"""Rooms above that must act in the same transaction as an appointment: they say so here, once, at start.

What is planned for an appointment is planned, moved and cancelled with it (threats: I4).
"""

from collections.abc import Callable
from datetime import datetime

from requests_app.appointments.models import Appointment

# Called with the appointment as it is now, what was done (services.words.Did), and the instant.
Follower = Callable[[Appointment, str, datetime], None]

_followers: list[Follower] = []


def subscribe(follower: Follower) -> None:
    """Tell this room of every change; a second time changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def notify(appointment: Appointment, did: str, at: datetime) -> None:
    """Tell them all, in the transaction of the change."""
    for follower in _followers:
        follower(appointment, did, at)

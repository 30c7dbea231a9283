"""Upper apps that must act in the same transaction as an appointment subscribe here, at start.

An appointment's messages are planned, moved and cancelled with it (threats: I4).
"""

from collections.abc import Callable
from datetime import datetime

from requests_app.appointments.models import Appointment
from requests_app.lib.registry import Handlers

# Called with the appointment as it is now, what was done (services.words.Did), and the instant.
Follower = Callable[[Appointment, str, datetime], None]

FOLLOWERS: Handlers[Follower] = Handlers("room that follows appointments")


def subscribe(follower: Follower) -> None:
    """Register a callback for every change; idempotent."""
    FOLLOWERS.add(follower)


def notify(appointment: Appointment, did: str, at: datetime) -> None:
    """Call them all, in the transaction of the change."""
    for follower in FOLLOWERS:
        follower(appointment, did, at)

"""Upper apps that must act in the same transaction as an appointment subscribe here, at start.

An appointment's messages are planned, moved and cancelled with it (threats: I4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from requests_app.appointments.models import Appointment
from requests_app.lib.registry import Handlers
from requests_app.tickets.models.event_data import AppointmentAct


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """``appointment`` is as the change left it; ``did`` says what it was.

    ``is_by_person``: they did it themselves, no agent.
    """

    appointment: Appointment
    did: AppointmentAct
    at: datetime
    is_by_person: bool = False


Follower = Callable[[AppointmentChange], None]

FOLLOWERS: Handlers[Follower] = Handlers("room that follows appointments")


def subscribe(follower: Follower) -> None:
    """Register a callback for every change; idempotent."""
    FOLLOWERS.add(follower)


def notify(change: AppointmentChange) -> None:
    """Call them all, in the transaction of the change."""
    for follower in FOLLOWERS:
        follower(change)

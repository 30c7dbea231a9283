"""What stands against an appointment since it was given, said by the upper rooms that know; asked late."""

from collections.abc import Callable

from requests_app.appointments.models import Appointment
from requests_app.lib.registry import Handlers

Check = Callable[[Appointment], str]

CHECKS: Handlers[Check] = Handlers("check of what stands against an appointment")


def subscribe(check: Check) -> None:
    """Register a check, which returns a sentence for agents, "" when nothing does; idempotent."""
    CHECKS.add(check)


def why_impossible(appointment: Appointment) -> str:
    """Return the first sentence, "" when the appointment can take place."""
    return next(filter(None, (check(appointment) for check in CHECKS)), "")

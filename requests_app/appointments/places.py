"""Who receives people at a Maison: the agents who may have an appointment."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from requests_app.access.scope import READERS
from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment

MAX_ROWS = 200
KEYS = ("type_id", "maison_id", "agent_id", "room", "interpreter_id", "outside_reason", "state")
INSTANTS = ("starts_at", "ends_at", "dated_at")


def memory_of(appointment: Appointment) -> dict[str, Any]:
    """Return where and when an appointment is, so that a move can be undone."""
    instants = {name: getattr(appointment, name).isoformat() for name in INSTANTS}
    return {name: getattr(appointment, name) for name in KEYS} | instants


def restore(memory: dict[str, Any]) -> dict[str, Any]:
    """Return the former values of an appointment's fields."""
    return (
        {"interpreter_id": None} | memory | {name: datetime.fromisoformat(memory[name]) for name in INSTANTS}
    )


def agents_at(maison_id: int) -> list[tuple[int, str]]:
    """List ids and names of a Maison's present agents, then those of the whole territory; one statement."""
    here = Q(memberships__maison=maison_id) | Q(memberships__maison=None)
    found = User.objects.present().filter(here, memberships__role__in=READERS).distinct()
    agents = found.order_by("given_name", "family_name", "pk")[:MAX_ROWS]
    return [(agent.pk, agent.full_name) for agent in agents]

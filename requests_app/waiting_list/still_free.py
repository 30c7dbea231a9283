"""Whether a freed hour may still be given: the agenda, the hours of the Maison, what is booked."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from requests_app.appointments.hours import why_closed
from requests_app.appointments.models import BusyTime, resources
from requests_app.appointments.services.checking import works_at
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.interpreting import Interpretation, minutes_for
from requests_app.slots.models import Opening
from requests_app.slots.selectors import Wanted, free_interpreter, is_free
from requests_app.waiting_list.models import FreedSlot


def is_still_free(slot: FreedSlot, at: datetime, *, interpretation: Interpretation | None = None) -> bool:
    """Tell whether nothing takes it: an appointment, a hold, an absence, a closure, an agent who left.

    ``interpretation``: an interpreter must be free as well, for longer.
    """
    ends_at = slot.starts_at + timedelta(minutes=minutes_for(slot.type, interpretation))
    is_busy = _select_taken(slot, ends_at).exclude(hold__expires_at__lte=at).exists()
    is_open = not is_busy and works_at(slot.agent, slot.maison_id) and _agenda_gives(slot, ends_at, at)
    if not is_open or interpretation is None or not interpretation.interpreters:
        return is_open
    return interpreter_at(slot, interpretation, at) is not None


def interpreter_at(slot: FreedSlot, interpretation: Interpretation | None, at: datetime) -> int | None:
    """Return an interpreter who is free then; None when none is needed, or can."""
    day = day_of(slot.starts_at)
    wanted = Wanted(slot.type, day, day, at, maisons=[slot.maison.code], interpretation=interpretation)
    return free_interpreter(wanted, slot.starts_at)


def is_held(slot: FreedSlot, at: datetime) -> bool:
    """Tell whether only somebody who is choosing keeps it: in ten minutes it may be free again."""
    taken = _select_taken(slot, slot.ends_at).exclude(hold__expires_at__lte=at)
    return taken.exists() and not taken.filter(hold=None).exists()


def _select_taken(slot: FreedSlot, ends_at: datetime) -> QuerySet[BusyTime]:
    """Select what takes its agent or room; an expired hold is deleted by the next booking."""
    names = resources(slot.agent_id, slot.maison_id, slot.room)
    return BusyTime.objects.during(slot.starts_at, ends_at).filter(resource__in=names)


def _agenda_gives(slot: FreedSlot, ends_at: datetime, at: datetime) -> bool:
    """Tell whether the agent's agenda still opens it; without an agenda, what the service took stays so."""
    has_agenda = Opening.objects.standing().filter(agent=slot.agent_id, maison=slot.maison_id).exists()
    day = day_of(slot.starts_at)
    if not has_agenda:
        return not slot.by_service and not why_closed(slot.maison, slot.starts_at, ends_at)
    maisons, agents = [slot.maison.code], [slot.agent.username]
    minutes = int((ends_at - slot.starts_at).total_seconds() // 60)
    wanted = Wanted(slot.type, day, day, at, maisons=maisons, agents=agents, minutes=minutes)
    return is_free(wanted, slot.starts_at, slot.room)

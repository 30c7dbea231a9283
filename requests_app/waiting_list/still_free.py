"""Whether a freed hour may still be given: the agenda, the hours of the Maison, what is booked."""

from datetime import datetime

from requests_app.appointments.hours import why_closed
from requests_app.appointments.models import BusyTime, resources
from requests_app.appointments.services.checking import works_at
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.models import Opening
from requests_app.slots.selectors import Wanted, is_free
from requests_app.waiting_list.models import FreedSlot


def is_still_free(slot: FreedSlot, at: datetime) -> bool:
    """Tell whether nothing takes it: an appointment, a hold, an absence, a closure, an agent who left."""
    return not _is_busy(slot) and works_at(slot.agent, slot.maison_id) and _agenda_gives(slot, at)


def _is_busy(slot: FreedSlot) -> bool:
    """Tell whether somebody has it; a hold that has expired is deleted by who books over it."""
    taken = BusyTime.objects.during(slot.starts_at, slot.ends_at)
    taken = taken.exclude(hold__expires_at__lte=slot.freed_at)
    return taken.filter(resource__in=resources(slot.agent_id, slot.maison_id, slot.room)).exists()


def _agenda_gives(slot: FreedSlot, at: datetime) -> bool:
    """Tell whether the agent's agenda still opens it; without an agenda, what the service took stays so."""
    has_agenda = Opening.objects.standing().filter(agent=slot.agent_id, maison=slot.maison_id).exists()
    day = day_of(slot.starts_at)
    if not has_agenda:
        return not slot.by_service and not why_closed(slot.maison, slot.starts_at, slot.ends_at)
    maisons, agents = [slot.maison.code], [slot.agent.username]
    wanted = Wanted(type=slot.type, first=day, last=day, at=at, maisons=maisons, agents=agents)
    return is_free(wanted, slot.starts_at, slot.room)

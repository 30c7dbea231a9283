"""Third next available: measured once each working day at a fixed hour, place by place, type by type.

A run that is killed goes on where it stopped: each measure is a row of its own, and one that exists is not
made again.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.services.announcing import announce
from requests_app.lib.workdays import is_working_day
from requests_app.maisons.models import Maison
from requests_app.slots.models import Opening
from requests_app.slots.selectors import HORIZON, Wanted, find_third
from requests_app.tickets.deadlines import PARIS

HOUR = time(9)  # desks have opened, and the day's first calls have not yet filled the gaps


def measure_day(*, at: datetime) -> int:
    """Measure what was not yet measured today; return how many were."""
    here = at.astimezone(PARIS)
    if not is_working_day(here.date()) or here.time() < HOUR:
        return 0
    measured = set(ThirdNext.objects.filter(day=here.date()).values_list("maison", "type"))
    offered = list(_offered_pairs())
    missing = [pair for pair in offered if (pair[0].pk, pair[1].pk) not in measured]
    for maison, kind in missing:
        _measure(maison, kind, at)
    announce(offered, day=here.date())
    return len(missing)


def _offered_pairs() -> Iterator[tuple[Maison, AppointmentType]]:
    """Yield each Maison with each type that somebody receives there; two statements and the types."""
    kinds = {kind.pk: kind for kind in AppointmentType.objects.active().order_by("pk")}
    offered = _list_offered(kinds.values())
    for maison in Maison.objects.filter(pk__in={maison_id for maison_id, _type in offered}).order_by("pk"):
        for pk, kind in kinds.items():
            if (maison.pk, pk) in offered:
                yield maison, kind


def _list_offered(kinds: Collection[AppointmentType]) -> set[tuple[int, int]]:
    """Return ids of Maisons and types that openings allow; a type that needs a room, where one is named."""
    opened = Opening.objects.standing().filter(agent__is_active=True).order_by()
    rows = opened.values_list("maison", "types", "room").distinct()
    return {
        (maison_id, kind.pk)
        for maison_id, type_id, room in rows
        for kind in kinds
        if type_id in (None, kind.pk) and (room or not kind.needs_room)
    }


def _measure(maison: Maison, kind: AppointmentType, at: datetime) -> None:
    """Store one measure; a worker who was quicker has stored the same."""
    day = at.astimezone(PARIS).date()
    furthest = HORIZON if kind.notice_max_days is None else timedelta(days=kind.notice_max_days)
    last = day + min(HORIZON, furthest)
    found = find_third(Wanted(type=kind, first=day, last=last, at=at, maisons=[maison.code]))
    row = ThirdNext(maison=maison, type=kind, day=day, start=found and found.start, looked_until=last)
    ThirdNext.objects.bulk_create([row], ignore_conflicts=True)

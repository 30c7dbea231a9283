"""Edit an agent's week from a date on: what was before stays true for the days before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.lib import french
from requests_app.lib.weeks import WEEK
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import format_clock
from requests_app.slots.errors import NeverHappens, Overlaps
from requests_app.slots.meetings import overlapping
from requests_app.slots.models import Absence, Opening
from requests_app.slots.services.editing import note_absence, open_times, remove
from requests_app.slots.weeks import RULES, Repeat, next_weekday, occurrences_of, repeat_of

ONE_DAY = timedelta(days=1)
YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Change:
    """What an opening is to be from ``since`` on; without ``until`` it never ends. No type is every type."""

    agent: User
    maison: Maison
    weekday: int
    starts_at: time
    ends_at: time
    repeat: Repeat
    since: date
    until: date | None = None
    room: str = ""
    types: Sequence[AppointmentType] = ()


@transaction.atomic
def put_opening(*, change: Change, replaces: Opening | None = None, by: User, at: datetime) -> Opening:
    """Open new times, or change those of an opening from a day on; raises Overlaps, NotTheirAgenda."""
    _lock(change.agent)
    if replaces:
        end_opening(opening=replaces, since=change.since, by=by, at=at)
    opening = _build(change, replaces)
    _require_some_day(opening)
    open_times(opening=opening, types=change.types, by=by)
    _require_free(opening)
    return opening


@transaction.atomic
def end_opening(*, opening: Opening, since: date, by: User, at: datetime) -> None:
    """End an opening on the day before; one that would not have begun is removed."""
    if since <= max(opening.starts_on, opening.valid_from or opening.starts_on):
        remove(row=opening, by=by, at=at)
        return
    last = since - ONE_DAY
    opening.valid_until = min(last, opening.valid_until or last)
    open_times(opening=opening, types=list(opening.types.all()), by=by)


@transaction.atomic
def resume_opening(*, opening: Opening, until: date | None, by: User) -> None:
    """Undo ``end_opening``: back to the last day it had; raises Overlaps where another was opened since."""
    _lock(opening.agent)
    opening.removed_at, opening.valid_until = None, until
    open_times(opening=opening, types=list(opening.types.all()), by=by)
    _require_free(opening)


def _require_free(opening: Opening) -> None:
    if others := overlapping(opening):
        raise Overlaps(others=", ".join(_name(other) for other in others[:3]))


@transaction.atomic
def skip_day(
    *, opening: Opening, day: date, by: User, at: datetime
) -> tuple[Absence, list[Appointment]] | None:
    """Take one occurrence out, as an absence at its hours; None when the opening is not open that day."""
    found = [each for each in occurrences_of([opening], first=day, last=day) if each.day == day]
    if not found:
        return None
    start, end = found[0].start, found[0].end
    absence = Absence(agent=opening.agent, starts_on=start.date(), ends_on=end.date())
    absence.starts_at, absence.ends_at = start.time(), end.time()
    return absence, note_absence(absence=absence, by=by, at=at)


def can_copy(opening: Opening) -> bool:
    """Tell whether an opening repeats in a way that another day can repeat too."""
    return repeat_of(opening) in (Repeat.WEEKLY, Repeat.BIWEEKLY)


@transaction.atomic
def copy_openings(
    *,
    openings: Iterable[Opening],
    to: User,
    since: date,
    weekdays: Sequence[int] = (),
    by: User,
    at: datetime,
) -> list[Opening]:
    """Open the same times for an agent from a day on, all or none; without ``weekdays``, the same days."""
    return [
        put_opening(change=_copy(opening, to, weekday, since), by=by, at=at)
        for opening in openings
        for weekday in weekdays or [opening.starts_on.weekday()]
        if can_copy(opening)
    ]


def _copy(opening: Opening, to: User, weekday: int, since: date) -> Change:
    """Repeat an opening on another day, or for somebody else, who has a room of their own."""
    return Change(
        agent=to,
        maison=opening.maison,
        weekday=weekday,
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        repeat=repeat_of(opening),
        since=_first_copied(opening, weekday, since),
        until=opening.valid_until,
        room=opening.room if to.pk == opening.agent_id else "",
        types=list(opening.types.all()),
    )


def _first_copied(opening: Opening, weekday: int, since: date) -> date:
    """Return the first day of the copy, in the weeks of the opening when they are every other week."""
    day = next_weekday(since, weekday)
    monday = opening.starts_on - timedelta(days=opening.starts_on.weekday())
    is_odd = (day - monday).days // 7 % 2 == 1
    return day + WEEK if is_odd and repeat_of(opening) == Repeat.BIWEEKLY else day


def _lock(agent: User) -> None:
    """Let two pages that change one agenda wait for each other."""
    User.objects.select_for_update(no_key=True).filter(pk=agent.pk).values_list("pk").first()


def _build(change: Change, replaces: Opening | None) -> Opening:
    opening = Opening(agent=change.agent, maison=change.maison, room=change.room, valid_until=change.until)
    opening.starts_on, opening.rrule = _first_day(change, replaces)
    opening.ends_on = opening.starts_on
    opening.starts_at, opening.ends_at = change.starts_at, change.ends_at
    if replaces and opening.starts_on < change.since:
        opening.valid_from = change.since
    return opening


def _first_day(change: Change, replaces: Opening | None) -> tuple[date, str]:
    """Return the first day and the rule: those of before where the repetition does not change."""
    if replaces and repeat_of(replaces) == change.repeat != Repeat.ONCE:
        same_day = replaces.starts_on.weekday() == change.weekday
        if same_day or change.repeat == Repeat.OTHER:
            return replaces.starts_on, replaces.rrule
    return next_weekday(change.since, change.weekday), RULES[change.repeat]


def _require_some_day(opening: Opening) -> None:
    first = max(opening.starts_on, opening.valid_from or opening.starts_on)
    if not occurrences_of([opening], first=first, last=first + YEAR):
        raise NeverHappens


def _name(opening: Opening) -> str:
    """Name an opening that is in the way: its day, hours and Maison."""
    day = _("le %(weekday)s") % {"weekday": WEEKDAYS[opening.starts_on.weekday()]}
    if not opening.rrule:
        day = french.day(opening.starts_on)
    values = {"day": day, "from": format_clock(opening.starts_at), "to": format_clock(opening.ends_at)}
    return _("%(day)s de %(from)s à %(to)s") % values + f" ({opening.maison.label})"

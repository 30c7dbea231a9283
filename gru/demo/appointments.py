"""This week's and next week's appointments of the Maisons where someone signs in."""

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F

from requests_app.accounts.models import Role, User
from requests_app.appointments import services
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.appointments.services import Wish
from requests_app.lib.workdays import is_working_day
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket

DAYS = 14  # from the Monday of this week
HOURS = (time(9), time(9, 45), time(10, 30), time(11, 15), time(14), time(14, 45), time(15, 30))
FILLED, CAME, CONFIRMED = 0.3, 0.85, 0.3
MAX_AGENTS, MAX_ROWS, MAX_TIMES = 3, 60, 1
ROLES = (Role.CASE_HANDLER, Role.MANAGER, Role.FRONT_DESK)


def give_appointments(random: Random, *, maison_ids: frozenset[int], until: datetime) -> int:
    """Fill the agendas around ``until``; returns how many were booked: 0 without a type of appointment."""
    types = list(AppointmentType.objects.active().order_by("pk"))
    places = Maison.objects.filter(pk__in=maison_ids).order_by("pk") if types else []
    return sum(_fill(random, maison, types, until) for maison in places)


def _fill(random: Random, maison: Maison, types: list[AppointmentType], until: datetime) -> int:
    """Book appointments from today outwards; each ticket in its turn, once."""
    tickets, given = _tickets(maison), 0
    for day in _days(until):
        for number, agent in enumerate(_agents(maison), start=1):
            for hour in HOURS:
                if tickets and random.random() < FILLED:
                    starts_at = datetime.combine(day, hour, PARIS)
                    wish = Wish(random.choice(types), maison, agent, starts_at, room=f"Bureau {number}")
                    given += _give(random, tickets[0], wish, until)
                    tickets.rotate(-1)
        if given >= MAX_TIMES * len(tickets):
            break
    return given


def _days(until: datetime) -> Iterator[date]:
    today = until.astimezone(PARIS).date()
    monday = today - timedelta(days=today.weekday())
    days = filter(is_working_day, (monday + timedelta(days=n) for n in range(DAYS)))
    return iter(sorted(days, key=lambda day: abs(day - today)))


def _tickets(maison: Maison) -> deque[Ticket]:
    """Return open tickets of known persons that everyone there may read, oldest first; each once."""
    found = Ticket.objects.open().filter(maison=maison, person__isnull=False, is_sensitive=False)
    return deque(found.select_related("topic", "maison").order_by("received_at", "pk")[:MAX_ROWS])


def _agents(maison: Maison) -> list[User]:
    here = User.objects.present().filter(memberships__maison=maison, memberships__role__in=ROLES)
    return list(here.distinct().order_by("pk")[:MAX_AGENTS])


def _give(random: Random, ticket: Ticket, wish: Wish, until: datetime) -> bool:
    """Book an appointment some days before, and its outcome when its hour has passed."""
    ahead = timedelta(days=random.choice((1, 3, 8, 12)), hours=1)
    at = min(max(ticket.received_at + timedelta(hours=1), wish.starts_at - ahead), until)
    try:
        appointment = services.book(ticket=ticket, wish=wish, by=wish.agent, at=at)
    except Refused:  # the ticket came after that hour, or the Maison is closed
        return False
    _as_if_sent(appointment, until)
    _live(random, appointment, wish.agent, at, until)
    return True


def _live(random: Random, appointment: Appointment, agent: User, at: datetime, until: datetime) -> None:
    if random.random() < CONFIRMED:
        services.confirm(appointment=appointment, at=at)
    if appointment.ends_at > until:
        return
    if random.random() < CAME:
        arrived = appointment.starts_at - timedelta(minutes=random.randrange(2, 9))
        services.note_came(appointment=appointment, by=agent, at=arrived)
    else:
        services.note_absent(appointment=appointment, by=agent, at=appointment.ends_at)


def _as_if_sent(appointment: Appointment, until: datetime) -> None:
    """Mark what was due before now as sent long ago: the demo telephone does not ring fifty times at once."""
    passed = min(until, appointment.starts_at)
    due = Outgoing.objects.filter(reminder__appointment=appointment, try_after__lt=passed)
    due.update(state=Outgoing.State.DELIVERED, sent_at=F("try_after"), ended_at=F("try_after"))

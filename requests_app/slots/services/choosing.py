"""Hold and book a slot that a page offered; whoever comes second is told so, with nothing half-written."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from requests_app.accounts.models import User
from requests_app.appointments import services
from requests_app.appointments.errors import NotHere, SlotTaken
from requests_app.appointments.models import HELD_FOR, Appointment, AppointmentType, Hold, Interpreter
from requests_app.appointments.services.holding import lock_names
from requests_app.maisons.models import Maison
from requests_app.slots.computing.agendas import Place
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.errors import AlreadyBooked, SlotGone
from requests_app.slots.interpreting import Interpretation, minutes_for
from requests_app.slots.models import Opening
from requests_app.slots.selectors import Wanted, find_places
from requests_app.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot as chosen: with any agent who is free then, ``agent`` first."""

    type: AppointmentType
    maison: Maison
    starts_at: datetime
    agent: str = ""
    interpretation: Interpretation | None = None

    def find_places(self, *, at: datetime, is_held: bool = False) -> list[Place]:
        day = day_of(self.starts_at)
        wanted = Wanted(
            self.type, day, day, at, maisons=[self.maison.code], interpretation=self.interpretation
        )
        places = find_places(wanted, self.starts_at, is_held=is_held)
        return sorted(places, key=lambda place: (place.agent != self.agent, place))


@transaction.atomic
def hold_choice(*, choice: Choice, ticket: Ticket, by: User | None = None, at: datetime) -> Hold:
    """Hold a slot for ten minutes, the only one of its ticket; twice is once. Raises SlotGone."""
    _serialise(ticket)
    held = find_held(choice, ticket)
    if held and held.expires_at > at:
        return held
    for wish in _wishes(choice, choice.find_places(at=at)):
        with suppress(SlotTaken, NotHere):
            return services.hold(wish=wish, ticket=ticket, by=by, at=at)
    raise SlotGone


@transaction.atomic
def book_choice(*, choice: Choice, ticket: Ticket, by: User | None = None, at: datetime) -> Appointment:
    """Book a slot, held or not; twice is once. Without ``by`` the person does, for one date at a time.

    Raises SlotGone, AlreadyBooked and what a booking raises.
    """
    _serialise(ticket)
    coming = Appointment.objects.expected().filter(ticket=ticket, starts_at__gt=at)
    same = coming.filter(starts_at=choice.starts_at, maison=choice.maison, type=choice.type).first()
    if same:
        return same
    if by is None and coming.exists():
        raise AlreadyBooked
    held = _ensure_held(choice, ticket, by=by, at=at)
    return services.book(ticket=ticket, wish=_wish_of(held), by=by, held=held, at=at)


@transaction.atomic
def move_choice(
    *, appointment: Appointment, choice: Choice, by: User | None = None, at: datetime
) -> Appointment:
    """Move an appointment to a slot, held or not; twice is once. Raises SlotGone, NotExpected."""
    _serialise(appointment.ticket)
    now = Appointment.objects.select_related("ticket").get(pk=appointment.pk)
    if now.is_expected and (now.starts_at, now.maison_id) == (choice.starts_at, choice.maison.pk):
        return now
    held = _ensure_held(choice, appointment.ticket, by=by, at=at)
    services.move(appointment=appointment, wish=_wish_of(held), by=by, held=held, at=at)
    return appointment


def find_held(choice: Choice, ticket: Ticket) -> Hold | None:
    """Return the ticket's hold of this slot, expired or not: it serves while nobody booked over it."""
    here = Hold.objects.filter(ticket=ticket, type=choice.type, maison=choice.maison)
    found = here.filter(starts_at=choice.starts_at).select_related("agent", "type", "maison", "interpreter")
    return found.order_by("-changed_at", "pk").first()


def _serialise(ticket: Ticket) -> None:
    """Let two devices, or two taps, hold and book for one ticket one after the other."""
    lock_names([f"booking:{ticket.pk}"])


def _ensure_held(choice: Choice, ticket: Ticket, *, by: User | None, at: datetime) -> Hold:
    """Return the hold, or another one at that hour when its agent is absent meanwhile; raises SlotGone."""
    held = find_held(choice, ticket)
    if held is None:
        return hold_choice(choice=choice, ticket=ticket, by=by, at=at)
    is_late = at >= held.expires_at + HELD_FOR
    asked_at = at if is_late else min(held.changed_at, at)  # the notice was long enough when it was chosen
    places = choice.find_places(at=asked_at, is_held=True)
    open_to = {(place.agent, place.room, place.interpreter) for place in places}
    if (held.agent.username, held.room.lower(), held.interpreter_id) in open_to:
        return held
    services.release(held=held)
    return hold_choice(choice=choice, ticket=ticket, by=by, at=at)


def _wishes(choice: Choice, places: list[Place]) -> Iterator[services.Wish]:
    for place in places:
        yield services.Wish(
            type=choice.type,
            maison=choice.maison,
            agent=User.objects.get(username=place.agent),
            starts_at=choice.starts_at,
            room=_room_of(place),
            is_offered=True,
            minutes=minutes_for(choice.type, choice.interpretation),
            interpreter=_interpreter_of(place),
        )


def _room_of(place: Place) -> str:
    """Return the name of a room as its opening writes it."""
    rooms = Opening.objects.standing().filter(maison__code=place.maison, room__iexact=place.room)
    return rooms.values_list("room", flat=True).order_by("pk").first() or "" if place.room else ""


def _interpreter_of(place: Place) -> Interpreter | None:
    return Interpreter.objects.get(pk=place.interpreter) if place.interpreter else None


def _wish_of(held: Hold) -> services.Wish:
    minutes = int((held.ends_at - held.starts_at).total_seconds() // 60)
    return services.Wish(
        type=held.type,
        maison=held.maison,
        agent=held.agent,
        starts_at=held.starts_at,
        room=held.room,
        is_offered=True,
        minutes=minutes,
        interpreter=held.interpreter,
    )

"""People choose their appointment from a link of ours: what they may book, where, and at which hours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.http import HttpRequest

from channels_app.portal.appointments import OpenedAppointment, opened_by
from channels_app.portal.bookable import bookable_types
from channels_app.portal.changing import count_by_address, count_change
from channels_app.portal.opening import open_by_secret
from requests_app.appointments.errors import InThePast, NotExpected, NotHere, SlotTaken
from requests_app.appointments.models import Appointment, AppointmentType, Hold
from requests_app.first_delay.models import SlotSearch
from requests_app.first_delay.selectors.regulars import is_first_time
from requests_app.first_delay.services import Search, record_search
from requests_app.lib.callers import address_of
from requests_app.maisons.models import Maison
from requests_app.outbox import left_pages
from requests_app.slots.errors import SlotGone
from requests_app.slots.interpreting import Interpretation, interpretation_for
from requests_app.slots.models import Opening
from requests_app.slots.offering import OfferedDay, next_days, slots_of
from requests_app.slots.services import Choice, book_choice, hold_choice, move_choice
from requests_app.tickets.competence import is_awaited
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import acted_as

SAME_SEARCH = timedelta(minutes=10)  # who looks again goes on with the same search
SHOWN_AT_ONCE = 3
Type = AppointmentType


@dataclass(frozen=True)
class Booking:
    """Who books about what, by which link and from where; ``appointment`` is the one to come, then moved."""

    ticket: Ticket
    secret: str
    now: datetime
    address: str
    appointment: Appointment | None = None

    @cached_property
    def types(self) -> list[Type]:
        return types_for(self)

    @cached_property
    def interpretation(self) -> Interpretation | None:
        return interpretation_for(self.ticket.person)

    def choice(self, kind: Type, maison: Maison, starts_at: datetime) -> Choice:
        return Choice(kind, maison, starts_at, interpretation=self.interpretation)

    def next_days(self, kind: Type, maison: Maison) -> list[OfferedDay]:
        return next_days(kind, maison, interpretation=self.interpretation, at=self.now)


def open_booking(request: HttpRequest, secret: str, *, at: datetime) -> Booking | None:
    """Return what the link of a ticket or of an appointment opens; raises NeedsCode of either."""
    opened = opened_by(secret, at, is_left=left_pages.is_left(request, secret))
    if opened and opened.is_to_come:
        return booking_of(request, opened, secret)
    if shown := open_by_secret(request, secret, at=at):
        return Booking(shown.ticket, secret, at, address_of(request))
    return booking_of(request, opened, secret) if opened else None


def booking_of(request: HttpRequest, opened: OpenedAppointment, secret: str) -> Booking:
    """Return what may be booked from the page of an appointment."""
    given = opened.appointment
    to_move = given if opened.is_to_come else None
    return Booking(given.ticket, secret, opened.now, address_of(request), to_move)


def types_for(booking: Booking) -> list[Type]:
    """Return what the person may book: of the types given to them, those that an agenda opens."""
    ticket = acted_as(booking.ticket)
    if not (ticket.is_open and is_awaited(ticket)):
        return []
    types = list(bookable_types().order_by("pk"))
    if moved := booking.appointment:
        return [each for each in types if each.pk == moved.type_id]
    return _filter_by_segment(booking, types) if types else []


def _filter_by_segment(booking: Booking, types: Sequence[Type]) -> list[Type]:
    is_new = is_first_time(booking.ticket.person_id, at=booking.now)
    other = Type.ForWhom.FOLLOW_UP if is_new else Type.ForWhom.FIRST_TIME
    return [each for each in types if each.for_whom != other]


def place_for(booking: Booking, asked: int | None) -> Maison | None:
    """Return the Maison asked for, else that of the appointment, of the ticket, or any that receives."""
    moved = booking.appointment
    own = moved.maison_id if moved else booking.ticket.maison_id
    current = Maison.objects.current().select_related("commune")
    if asked:
        return current.filter(pk=asked).first()
    receives = Opening.objects.standing().values("maison")
    return current.filter(Q(pk=own) if own else Q(pk__in=receives)).order_by("pk").first()


def next_hours(booking: Booking) -> list[datetime]:
    """Return the first hour of the next days, for the appointment that may be moved there."""
    moved = booking.appointment
    if moved is None or not booking.types:
        return []
    days = booking.next_days(moved.type, moved.maison)
    return [day.starts_at for day in days][:SHOWN_AT_ONCE]


def held_by(booking: Booking) -> Hold | None:
    """Return the hour that the person keeps."""
    live = Hold.objects.live(booking.now).filter(ticket=booking.ticket, by=None)
    return live.select_related("maison__commune", "type").order_by("-pk").first()


def hold(booking: Booking, choice: Choice) -> Hold:
    """Hold a slot for the person, and record what they were offered; raises Refused."""
    with count_by_address(booking.address, at=booking.now), _hide_names():
        record_offer(booking, choice.type, choice.maison)
        return hold_choice(choice=choice, ticket=booking.ticket, at=booking.now)


def book(booking: Booking, choice: Choice, *, moved: int | None = None, read: int = 0) -> Appointment:
    """Book it, or move there the appointment ``moved``, read in its round ``read``; raises Refused."""
    with count_change(booking.ticket, address=booking.address, at=booking.now), _hide_names():
        if not moved:
            return book_choice(choice=choice, ticket=booking.ticket, at=booking.now)
        appointment = booking.appointment
        if appointment is None or appointment.pk != moved:
            raise NotExpected
        appointment.round = read
        return move_choice(appointment=appointment, choice=choice, at=booking.now)


@contextmanager
def _hide_names() -> Iterator[None]:
    """Say that the hour is gone, never whom it was with (threats: S07)."""
    try:
        yield
    except (SlotTaken, NotHere, InThePast) as refusal:
        raise SlotGone from refusal


def record_offer(booking: Booking, kind: Type, maison: Maison) -> bool:
    """Record what is offered there, once while they go on looking; nothing makes a task. Tell if some is."""
    starts = [slot.start for slot in slots_of(booking.next_days(kind, maison))]
    search = Search(kind, maison, booking.ticket, by_link=True)
    same = SlotSearch.objects.filter(ticket=booking.ticket, type=kind, maison=maison, agent=None)
    recent = same.filter(at__gt=booking.now - SAME_SEARCH, offer__isnull=not starts)
    if not recent.exists():
        record_search(search, starts=starts, at=booking.now)
    return bool(starts)

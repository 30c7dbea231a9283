"""What must hold before an appointment is booked: rights, a future date, hours, a free agent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import READERS, scope_of
from requests_app.accounts.models import Membership, User
from requests_app.appointments.errors import InThePast, MaisonClosed, NotHere, PersonTaken, SlotTaken
from requests_app.appointments.hours import why_closed
from requests_app.appointments.models import (
    Appointment,
    AppointmentType,
    BusyTime,
    Hold,
    Interpreter,
    resources,
)
from requests_app.appointments.services.overlapping import why_taken
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import acted_as

TAKEN = ("busy_time_free", "appointment_agent_free", "appointment_room_free")


@dataclass(frozen=True, slots=True)
class Wish:
    """An appointment as asked for; ``outside_reason`` overrides the hours and an overlap.

    ``is_offered``: an agenda opens that hour, whatever the hours of the Maison. ``minutes``: other than those
    of the type, when a need takes longer.
    """

    type: AppointmentType
    maison: Maison
    agent: User
    starts_at: datetime
    room: str = ""
    outside_reason: str = ""
    is_offered: bool = False
    minutes: int | None = None
    interpreter: Interpreter | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes or self.type.minutes)

    @property
    def place(self) -> dict[str, Any]:
        """Return what an appointment and a hold share."""
        return {
            "type": self.type,
            "maison": self.maison,
            "agent": self.agent,
            "room": " ".join(self.room.split())[:60],
            "interpreter": self.interpreter,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
        }


def require_right(ticket: Ticket, maison_id: int, by: User) -> None:
    """Require an agent who reads the ticket and works at the Maison."""
    require_reader(ticket, by)
    if not scope_of(by).can_see(maison_id):
        raise NotAllowed


def require_reader(ticket: Ticket, by: User) -> None:
    """Require an agent who reads the ticket, where it goes on."""
    ticket = acted_as(ticket)
    if not scope_of(by).can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed


def check(wish: Wish, ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """Refuse what is impossible; raises NotAllowed, InThePast, NotHere."""
    if by:
        require_right(ticket, wish.maison.pk, by)
    if wish.starts_at <= at:
        raise InThePast
    if not works_at(wish.agent, wish.maison.pk):
        raise NotHere


def ask_why(
    wish: Wish, ticket: Ticket, *, given: Appointment, old_reason: str | None = None, by: User | None
) -> None:
    """Ask for a reason when the slot is free but something speaks against it; raises Closed, PersonTaken.

    The reason given for an earlier date (``old_reason``) excuses no overlap.
    """
    reason = wish.outside_reason.strip()
    closed = "" if reason or wish.is_offered else why_closed(wish.maison, wish.starts_at, wish.ends_at)
    taken = "" if reason and reason != old_reason else why_taken(ticket, given, by=by)
    if taken and by is None:
        raise PersonTaken(taken)
    if closed or taken:
        refusal = PersonTaken if taken else MaisonClosed
        why = " ".join(filter(None, (taken, closed)))
        raise refusal(_("%(why)s Pour le donner quand même, écrivez pourquoi.") % {"why": why})


def works_at(agent: User, maison_id: int) -> bool:
    """Tell whether the agent receives people there, or everywhere."""
    held = Membership.objects.filter(user=agent, user__is_active=True, role__in=READERS)
    return any(place in (None, maison_id) for place in held.values_list("maison_id", flat=True))


@contextmanager
def free_place(asked: Appointment | Hold) -> Iterator[None]:
    """Let the database ensure that nobody is booked twice, and say in words who has the slot."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") not in TAKEN:
            raise
        raise SlotTaken(_taken_words(asked)) from error


def _taken_words(asked: Appointment | Hold) -> str:
    other = _taker(asked)
    if other and other.hold_id:
        return _("Cette heure est gardée pour une autre personne. Choisissez-en une autre.")
    taken = (other and other.appointment) or asked  # it may have been cancelled since
    words = {"from": french.clock(taken.starts_at), "to": french.clock(taken.ends_at)}
    if other and other.resource.startswith("room:"):
        words["who"] = taken.room
        return _("%(who)s est déjà pris de %(from)s à %(to)s. Choisissez une autre heure.") % words
    is_interpreter = other and other.resource.startswith("interpreter:")
    words["who"] = str(asked.interpreter) if is_interpreter else asked.agent.full_name
    return _("%(who)s a déjà un rendez-vous de %(from)s à %(to)s. Choisissez une autre heure.") % words


def _taker(asked: Appointment | Hold) -> BusyTime | None:
    """Return what takes the agent, else the interpreter, else the room, first."""
    taken = BusyTime.objects.during(asked.starts_at, asked.ends_at)
    if asked.pk:
        taken = taken.exclude(**{"hold" if isinstance(asked, Hold) else "appointment": asked.pk})
    names = resources(asked.agent_id, asked.maison_id, asked.room, asked.interpreter_id)
    return (
        taken.filter(resource__in=names).select_related("appointment").order_by("resource", "during").first()
    )

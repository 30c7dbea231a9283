"""To whom a freed hour is offered: who has waited longest, then whose access needs the place meets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from requests_app.appointments.models import Appointment
from requests_app.outbox.models import Outgoing
from requests_app.people.models import AccessNeed
from requests_app.reminders.ways import ContactMethod
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.interpreting import INTERPRETED, interpretation_for
from requests_app.tickets.messages.silence import why_silent
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.selectors.family import acted_as
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.services.caps import Caps
from requests_app.waiting_list.services.rounds import asked_about
from requests_app.waiting_list.still_free import is_still_free
from requests_app.waiting_list.ways import short_ways

AT_ONCE = 3
READ_AT_ONCE = 40
MAX_READ = 400  # of one list: the others have their turn when these have had their three offers
MAX_INTERPRETED = 10  # of those who wait, asked about one by one
MET_ANYWHERE = (AccessNeed.Kind.STEP_FREE, AccessNeed.Kind.COMPANION, AccessNeed.Kind.SIMPLE_WORDS)
_THEIRS = Q(person=OuterRef("ticket__person"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to ask, how, and the date they have now."""

    place: Place
    way: ContactMethod
    present: Appointment | None


def choose(slot: FreedSlot, at: datetime) -> list[Candidate]:
    """Return the next persons to ask, three at most, no two of the same telephone."""
    chosen: list[Candidate] = []
    taken: set[int | str] = set()
    for candidate in _candidates(slot, at):
        who: set[int | str] = {candidate.place.ticket.person_id or 0, candidate.way.point.value}
        if who & taken:
            continue
        chosen.append(candidate)
        taken |= who
        if len(chosen) == AT_ONCE:
            break
    return chosen


def match_ended(prefix: str = "ticket__") -> Q:
    """Match what hangs on a ticket that is closed, read where it goes on."""
    closed = State.CLOSED
    own = Q(**{f"{prefix}merged_into": None, f"{prefix}state": closed})
    return own | Q(**{f"{prefix}merged_into__state": closed})


def _waiting_for(slot: FreedSlot) -> QuerySet[Place]:
    """Select who waits for such an hour, in the order in which they are asked."""
    day = day_of(slot.starts_at)
    can_come = (Q(earliest=None) | Q(earliest__lte=day)) & (Q(latest=None) | Q(latest__gte=day))
    places = Place.objects.open().filter(can_come, type=slot.type_id, maison=slot.maison_id)
    met = AccessNeed.objects.filter(_THEIRS, kind__in=MET_ANYWHERE)
    asked = Offer.objects.filter(asked_about(slot), place=OuterRef("pk"))
    new = places.exclude(Exists(asked)).exclude(match_ended()).exclude(ticket__person=None)
    ordered = new.annotate(day=TruncDate("since"), is_met=Exists(met)).order_by(
        "day", "-is_met", "since", "pk"
    )
    return ordered.select_related("ticket__person", "ticket__merged_into__person")


def _who_fit(slot: FreedSlot, places: QuerySet[Place], at: datetime) -> QuerySet[Place]:
    """Leave out those who need an interpreter when nobody is free, or not for as long as it takes."""
    interpreted = places.filter(Exists(AccessNeed.objects.filter(_THEIRS, kind__in=INTERPRETED)))
    able = [place.pk for place in interpreted[:MAX_INTERPRETED] if _fits(slot, place, at)]
    return places.filter(~Q(pk__in=interpreted.order_by().values("pk")) | Q(pk__in=able))


def _fits(slot: FreedSlot, place: Place, at: datetime) -> bool:
    return is_still_free(slot, at, interpretation=interpretation_for(acted_as(place.ticket).person))


def _candidates(slot: FreedSlot, at: datetime) -> Iterator[Candidate]:
    rows = _who_fit(slot, _waiting_for(slot), at)
    for start in range(0, MAX_READ, READ_AT_ONCE):
        places = list(rows[start : start + READ_AT_ONCE])
        for place in places:
            place.ticket = acted_as(place.ticket)
        yield from _who_can_be_asked(slot, places, at)
        if len(places) < READ_AT_ONCE:
            return


def _who_can_be_asked(slot: FreedSlot, places: list[Place], at: datetime) -> Iterator[Candidate]:
    tickets = [place.ticket for place in places]
    ways, agendas = short_ways(tickets), _appointments(tickets, at)
    numbers = [way.point.value for found in ways.values() for way in found[:1]]
    caps = Caps.read([ticket.person_id or 0 for ticket in tickets], numbers, at)
    for place in places:
        theirs = agendas.get(place.ticket.person_id or 0, [])
        present = _present(place, theirs)
        if not ways[place.ticket.pk] or not _gains(slot, place, theirs, present):
            continue
        way = ways[place.ticket.pk][0]
        is_silent = why_silent(place.ticket, Outgoing.Kind.OFFER)
        if caps.allows(place.ticket.person_id or 0, way.point.value) and not is_silent:
            yield Candidate(place, way, present)


def _appointments(tickets: list[Ticket], at: datetime) -> dict[int, list[Appointment]]:
    """Return by person their coming appointments, and what they left lately; one statement."""
    persons = {ticket.person_id for ticket in tickets}
    rows = Appointment.objects.filter(ticket__person__in=persons, starts_at__gt=at)
    found: dict[int, list[Appointment]] = {}
    for row in rows.select_related("ticket").order_by("starts_at", "pk"):
        found.setdefault(row.ticket.person_id or 0, []).append(row)
    return found


def _present(place: Place, theirs: list[Appointment]) -> Appointment | None:
    """Return the coming appointment of this ticket, the first one."""
    root = place.ticket.pk
    own = (row for row in theirs if row.is_expected and root in (row.ticket_id, row.ticket.merged_into_id))
    return next(own, None)


def present_appointment(place: Place, at: datetime) -> Appointment | None:
    """Return the date that this person has now about this, if any."""
    return _present(place, _appointments([place.ticket], at).get(place.ticket.person_id or 0, []))


def _gains(slot: FreedSlot, place: Place, theirs: list[Appointment], present: Appointment | None) -> bool:
    """Tell whether it is earlier than their own, free for them, and no date that they have just left."""
    is_earlier = present is None or slot.starts_at < present.starts_at
    is_free = not any(
        row.is_expected and row.starts_at < slot.ends_at and row.ends_at > slot.starts_at for row in theirs
    )
    has_left = any(row.changed_at == slot.freed_at for row in theirs)
    return is_earlier and is_free and not has_left

"""Which hours that are left make a round of SMS: one who books and cancels in a loop spends nobody's offers.

Each of those who wait has three offers a week (``caps``). An hour that makes no round is on the pages again.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.models import Appointment
from requests_app.slots.computing.wall_clock import day_of, start_of
from requests_app.tickets.models import Event, Ticket
from requests_app.waiting_list.models import FreedSlot, Offer, Place

BARELY_TAKEN = timedelta(hours=1)
SETTLED = timedelta(days=7)
MAX_FRESH = 5  # rounds of a list in a day, before hours taken since less than that make no more
ASKED_AGAIN_AFTER = timedelta(days=1)  # about the same hour
NO_LONGER_TAKEN = Q(outcome=Offer.Outcome.TAKEN, answered_at__isnull=False)  # said yes, too late


def makes_round(left: Appointment, change: AppointmentChange) -> bool:
    """Tell whether those who wait are asked about the date ``left``; what an agent frees always is."""
    if not Place.objects.open().filter(type=left.type_id, maison=left.maison_id).exists():
        return False
    ticket, at = change.appointment.ticket, change.at
    if not change.is_by_person:
        return True
    return not _has_freed_today(ticket, at) and (not _took_it(left, ticket) or _is_settled(left, at))


def asked_about(slot: FreedSlot) -> Q:
    """Match the offers that spare somebody this one: of the slot, or lately of the same hour freed before.

    Those who said yes too late are asked again.
    """
    lately = Q(offered_at__gt=slot.freed_at - ASKED_AGAIN_AFTER)
    same_hour = Q(slot__agent=slot.agent_id, slot__starts_at=slot.starts_at)
    return Q(slot=slot) | same_hour & lately & ~NO_LONGER_TAKEN


def _took_it(left: Appointment, ticket: Ticket) -> bool:
    """Tell whether they took it themselves: no agent gave it to them."""
    events = Event.objects.filter(ticket=ticket.pk, kind=Event.Kind.APPOINTMENT, by=None)
    return events.filter(at=left.dated_at).exists()


def _is_settled(left: Appointment, at: datetime) -> bool:
    """Tell whether an hour that somebody took themselves was really theirs.

    Under an hour, anybody could book it just before, unless it cut a round short, which is resumed. Under a
    week, a few a day make a round: many people who book and cancel may be one robot.
    """
    if left.dated_at > at - BARELY_TAKEN:
        rounds = FreedSlot.objects.filter(agent=left.agent_id, starts_at=left.starts_at)
        return rounds.filter(ended_at__gte=left.dated_at).exists()
    if left.dated_at <= at - SETTLED:
        return True
    today = FreedSlot.objects.filter(maison=left.maison_id, freed_at__gte=start_of(day_of(at)))
    return today.filter(type=left.type_id).count() < MAX_FRESH


def _has_freed_today(ticket: Ticket, at: datetime) -> bool:
    """Tell whether the same person already left an hour today, by themselves, that made a round."""
    theirs = Q(ticket=ticket.pk)
    if ticket.person_id:
        theirs |= Q(ticket__person=ticket.person_id)
    today = Event.objects.filter(theirs, kind=Event.Kind.APPOINTMENT, by=None, at__gte=start_of(day_of(at)))
    instants = list(today.filter(at__lt=at).values_list("at", flat=True))
    return bool(instants) and FreedSlot.objects.filter(freed_at__in=instants).exists()

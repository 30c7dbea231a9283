"""What waiting lists came to: places, hours taken up again, days gained."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.selectors.sources import Listed
from requests_app.maisons.models import Maison
from requests_app.outbox.models import Outgoing
from requests_app.slots.computing.wall_clock import day_of
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import family_of, told_to_person
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from requests_app.waiting_list.services.caps import MAX_OFFERS, PERIOD


@dataclass(frozen=True, slots=True)
class Refilled:
    """What became of the hours freed in a period. ``days_gained`` counts those who had a later date."""

    freed: int
    refilled: int
    days_gained: int
    waiting: int


def count_refilled(
    *, maison_ids: Collection[int] | None, type: str = "", start: datetime, end: datetime
) -> Refilled:
    """Count them; None is every Maison, "" every type. Two statements."""
    where = Q() if maison_ids is None else Q(maison__in=maison_ids)
    if type:
        where &= Q(type__code=type)
    slots = FreedSlot.objects.filter(where, freed_at__gte=start, freed_at__lt=end)
    refilled = Q(state=FreedSlot.State.REFILLED)
    row = slots.aggregate(
        freed=Count("pk"), refilled=Count("pk", filter=refilled), gained=Sum("days_gained", filter=refilled)
    )
    waiting = Place.objects.open().filter(where).count()
    return Refilled(row["freed"], row["refilled"], row["gained"] or 0, waiting)


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A place on a list as pages show it. ``pending_until``: an offer waits for their answer till then."""

    place: Place
    offers: int
    pending_until: datetime | None
    days: int

    @property
    def is_capped(self) -> bool:
        return self.offers >= MAX_OFFERS

    @property
    def since_words(self) -> str:
        if not self.days:
            return _("Sur la liste d’attente depuis aujourd’hui")
        words = ngettext(
            "Sur la liste d’attente depuis %(n)s jour", "Sur la liste d’attente depuis %(n)s jours", self.days
        )
        return words % {"n": self.days}

    @property
    def offers_words(self) -> str:
        if self.is_capped:
            return _("Trois dates proposées cette semaine. La suivante attendra.")
        words = ngettext(
            "%(n)s date proposée cette semaine", "%(n)s dates proposées cette semaine", self.offers
        )
        return words % {"n": self.offers} if self.offers else ""


def waits_of(ticket: Ticket, *, at: datetime) -> list[WaitRow]:
    """List the places that a ticket's person holds, and what they were offered; one statement."""
    lately = Q(offers__offered_at__gt=at - PERIOD) & ~Q(offers__outgoing__state__in=Outgoing.NEVER_LEFT)
    pending = Q(offers__outcome=Offer.Outcome.PENDING, offers__ends_at__gt=at)
    rows = Place.objects.open().filter(ticket__in=family_of(ticket)).select_related("type", "maison")
    counted = rows.annotate(
        lately=Count("offers", filter=lately), until=Min("offers__ends_at", filter=pending)
    )
    return [
        WaitRow(row, row.lately, row.until, (day_of(at) - day_of(row.since)).days)
        for row in counted.order_by("since", "pk")
    ]


def place_of(ticket: Ticket, type: AppointmentType, maison: Maison) -> Place | None:
    """Return the place that the person reads of on their pages; one statement."""
    rows = Place.objects.open().filter(told_to_person(ticket), type=type, maison=maison)
    return rows.select_related("ticket__merged_into").order_by("since", "pk").first()


def listed_since(since: datetime) -> Iterable[Listed]:
    """List the places ever taken about tickets received since an instant, mistakes apart; one statement."""
    rows = Place.objects.filter(ticket__received_at__gte=since).exclude(ended_why=Place.Ending.UNDONE)
    rows = rows.order_by("since", "pk")
    columns = ("ticket", "type__code", "maison__code", "since")
    return [Listed(*row) for row in rows.values_list(*columns)]

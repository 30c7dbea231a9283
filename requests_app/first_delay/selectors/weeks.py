"""Searches that found nothing, by week."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek

from requests_app.first_delay.models import SlotSearch
from requests_app.tickets.deadlines import PARIS, local_day, midnight


@dataclass(frozen=True, slots=True)
class Week:
    """``searches`` of the week that starts on a Monday, and how many found nothing."""

    monday: date
    searches: int
    unanswered: int


def unanswered_by_week(first: date, last: date, *, maison_ids: frozenset[int] | None = None) -> list[Week]:
    """Count the searches of a window by week; None: at all places.

    One at all Maisons counts at that of its ticket.
    """
    searches = SlotSearch.objects.filter(at__gte=midnight(first), at__lt=midnight(last + timedelta(days=1)))
    if maison_ids is not None:
        theirs = Q(maison__in=maison_ids) | Q(maison=None, ticket__maison__in=maison_ids)
        searches = searches.filter(theirs)
    rows = searches.order_by().values(week=TruncWeek("at", tzinfo=PARIS))
    counted = rows.annotate(n=Count("pk"), none=Count("pk", filter=Q(offer=None))).order_by("week")
    return [Week(local_day(row["week"]), row["n"], row["none"]) for row in counted]

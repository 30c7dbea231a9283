"""Searches that found nothing, by week."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Q, TextField, Value, When
from django.db.models.functions import Concat, TruncDate, TruncWeek

from requests_app.first_delay.models import SlotSearch
from requests_app.tickets.deadlines import PARIS, local_day, midnight


def _name(kind: str, column: str) -> Concat:
    return Concat(Value(kind), column, output_field=TextField())


_WHO = Case(
    When(ticket__person__isnull=False, then=_name("person ", "ticket__person")),
    When(ticket__isnull=False, then=_name("ticket ", "ticket")),
    default=_name("search ", "pk"),
)
_NOTHING = Q(offer=None)
_DAY = TruncDate("at", tzinfo=PARIS)


@dataclass(frozen=True, slots=True)
class Week:
    """``searches`` of the week that starts on a Monday, and how many found nothing."""

    monday: date
    searches: int
    unanswered: int


def unanswered_by_week(first: date, last: date, *, maison_ids: frozenset[int] | None = None) -> list[Week]:
    """Count the searches of a window by week; None: at all places.

    One at all Maisons counts at that of its ticket. Finding nothing counts once per person and day, however
    often they, or agents for them, look.
    """
    searches = SlotSearch.objects.filter(at__gte=midnight(first), at__lt=midnight(last + timedelta(days=1)))
    if maison_ids is not None:
        theirs = Q(maison__in=maison_ids) | Q(maison=None, ticket__maison__in=maison_ids)
        searches = searches.filter(theirs)
    rows = searches.order_by().values(week=TruncWeek("at", tzinfo=PARIS))
    counted = rows.annotate(
        found=Count("pk", filter=~_NOTHING),
        none=Count(Concat(_WHO, Value(" "), _DAY, output_field=TextField()), distinct=True, filter=_NOTHING),
    )
    return [
        Week(local_day(row["week"]), row["found"] + row["none"], row["none"])
        for row in counted.order_by("week")
    ]

"""First-time or regular: whether a person had an appointment in the last 24 months."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models.functions import Coalesce

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import CANCELLED
from requests_app.lib.months import add_months
from requests_app.tickets.deadlines import local_day, midnight

REGULAR_MONTHS = 24
Past = Mapping[int, Sequence[tuple[date, int]]]


def is_first_time(person_id: int | None, *, at: datetime) -> bool:
    """Tell whether a person had no appointment in the months before; nobody known had none."""
    if person_id is None:
        return True
    since = midnight(add_months(local_day(at), -REGULAR_MONTHS))
    theirs = Appointment.objects.between(since, at).exclude(state__in=CANCELLED)
    return not theirs.filter(ticket__person=person_id).exists()


def read_past(first: date, until: datetime) -> Past:
    """Return the appointments that may make somebody a regular from that day on: by person, in order.

    Each with the ticket where it is followed; those called off are none. One statement.
    """
    since = midnight(add_months(first, -REGULAR_MONTHS))
    given = Appointment.objects.between(since, until).exclude(state__in=CANCELLED)
    rows = given.filter(ticket__person__isnull=False).annotate(root=Coalesce("ticket__merged_into", "ticket"))
    past = defaultdict[int, list[tuple[date, int]]](list)
    for person, starts_at, root in rows.order_by("starts_at").values_list(
        "ticket__person", "starts_at", "root"
    ):
        past[person].append((local_day(starts_at), root))
    return past


def had_one(past: Past, person_id: int | None, root: int, asked_on: date) -> bool:
    """Tell whether a person had an appointment about something else in the months before a day."""
    theirs = past.get(person_id, ()) if person_id else ()
    first = bisect_left(theirs, (add_months(asked_on, -REGULAR_MONTHS),))
    last = bisect_left(theirs, (asked_on,))
    return any(other != root for _day, other in theirs[first:last])

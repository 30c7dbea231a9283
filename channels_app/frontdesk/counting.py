"""How many people came to a counter today, whatever followed: a queue, an answer, an appointment."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery

from channels_app.frontdesk.key import KEY
from requests_app.appointments.models import Appointment
from requests_app.maisons.models import Maison
from requests_app.outbox import windows
from requests_app.tickets.models import Touchpoint


def visits_today(*, maison_id: int, at: datetime) -> int:
    """Count the visits logged, and the arrivals to an appointment without a logged visit; one statement."""
    start, end = windows.day_of(at)
    visits = Touchpoint.objects.filter(
        maison=maison_id, channel=KEY, occurred_at__gte=start, occurred_at__lt=end
    )
    came = Appointment.objects.between(start, end).filter(maison=maison_id, came_at__isnull=False)
    noted = visits.filter(ticket__person=OuterRef("ticket__person"))
    alone = came.filter(state=Appointment.State.CAME).exclude(Exists(noted))
    place = Maison.objects.filter(pk=maison_id)
    return sum(place.values_list(_count(visits), _count(alone)).get())


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(rows=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("rows"))

"""What a trial may be judged on: one value per Maison and week, from statistics that are already kept."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.appointments.models import Appointment
from requests_app.first_delay.models import ThirdNext
from requests_app.indicators.batching import COLUMNS
from requests_app.indicators.models import DayWait, FeltBatch, WeekDelay
from requests_app.indicators.satisfaction import GOOD
from requests_app.lib.weeks import monday_of
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.selectors.counts import FEW

PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class WeekValue:
    """The value of one Maison over the week of a Monday, from ``n`` answers, visits or days."""

    maison_id: int
    monday: date
    value: float
    n: int


Read = Callable[[Collection[int], date, date], Iterator[WeekValue]]
"""Read the weeks of some Maisons from a Monday up to another one, excluded; one statement."""


@dataclass(frozen=True, slots=True)
class Measure:
    """``unit`` ends a number (« points »); ``is_better_low``: a fall is what is hoped for."""

    code: str
    label: str | Promise
    unit: str | Promise
    is_better_low: bool
    read: Read


def read_weeks(
    measure: Measure, maison_ids: Collection[int], first: date, after: date
) -> Iterator[WeekValue]:
    """Yield the weeks with five at least: fewer are missing, and never filled (threats: P06)."""
    for week in measure.read(maison_ids, first, after):
        if week.n >= FEW:
            yield week


def _read_felt(maison_ids: Collection[int], first: date, after: date) -> Iterator[WeekValue]:
    rows = FeltBatch.objects.filter(place__in=maison_ids, day__gte=first, day__lt=after)
    good = sum((F(COLUMNS[level]) for level in GOOD[1:]), F(COLUMNS[GOOD[0]]))
    summed = rows.annotate(monday=TruncWeek("day"), good_of_five=good).values_list("place", "monday")
    for place, monday, good_answers, batches in summed.annotate(Sum("good_of_five"), Count("pk")).order_by():
        answers = batches * FeltBatch.SIZE
        yield WeekValue(place, monday, good_answers / answers * PERCENT, answers)


def _read_wait(maison_ids: Collection[int], first: date, after: date) -> Iterator[WeekValue]:
    rows = DayWait.objects.filter(place__in=maison_ids, day__gte=first, day__lt=after)
    rows = rows.annotate(monday=TruncWeek("day"), total=F("minutes") * F("count"))
    summed = rows.values_list("place", "monday").annotate(minutes_sum=Sum("total"), n=Sum("count"))
    for place, monday, minutes, n in summed.order_by():
        yield WeekValue(place, monday, minutes / n, n)


def _read_first_answer(maison_ids: Collection[int], first: date, after: date) -> Iterator[WeekValue]:
    rows = WeekDelay.objects.filter(place__in=maison_ids, channel="", monday__gte=first, monday__lt=after)
    weeks = rows.annotate(total=F("tenths") * F("count")).values_list("place", "monday")
    for place, monday, tenths, n in weeks.annotate(tenths_sum=Sum("total"), n=Sum("count")).order_by():
        yield WeekValue(place, monday, tenths / n / 10, n)


def _read_absences(maison_ids: Collection[int], first: date, after: date) -> Iterator[WeekValue]:
    states = Appointment.State
    noted = Appointment.objects.filter(
        maison__in=maison_ids,
        starts_at__gte=midnight(first),
        starts_at__lt=midnight(after),
        state__in=(states.CAME, states.ABSENT, states.EXCUSED),
    )
    rows = noted.annotate(monday=TruncWeek("starts_at")).values_list("maison", "monday")
    absent = Count("pk", filter=Q(state=states.ABSENT))
    for maison, monday, n, absences in rows.annotate(n=Count("pk"), absences=absent).order_by():
        yield WeekValue(maison, _day_of(monday), absences / n * PERCENT, n)


def _read_third_next(maison_ids: Collection[int], first: date, after: date) -> Iterator[WeekValue]:
    """Count a day without a slot as the whole time looked at: left out, it would look like a short delay."""
    rows = ThirdNext.objects.filter(maison__in=maison_ids, day__gte=first, day__lt=after)
    columns = ("maison", "day", "start", "looked_until")
    days: dict[tuple[int, date], list[int]] = {}
    for maison, day, start, looked_until in rows.order_by().values_list(*columns):
        until = _day_of(start) if start else looked_until
        days.setdefault((maison, monday_of(day)), []).append((until - day).days)
    for (maison, monday), delays in days.items():
        yield WeekValue(maison, monday, sum(delays) / len(delays), len(delays))


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


_EVERY = (
    Measure("felt", _("Part de « bien » ou « très bien »"), _("points"), False, _read_felt),
    Measure("wait", _("Attente à l’accueil"), _("minutes"), True, _read_wait),
    Measure("first_answer", _("Délai de première réponse"), _("jours ouvrés"), True, _read_first_answer),
    Measure("absences", _("Part de rendez-vous où personne ne vient"), _("points"), True, _read_absences),
    Measure("third_next", _("Délai du troisième créneau libre"), _("jours"), True, _read_third_next),
)
MEASURES = {measure.code: measure for measure in _EVERY}
MEASURE_CHOICES = [(measure.code, measure.label) for measure in _EVERY]

"""The delay told where people book: measured once a working day from what the last months show."""

from collections.abc import Sequence
from datetime import date, timedelta

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.first_delay.selectors.cases import Kind, measure_by, read_cases
from requests_app.maisons.models import Maison

MEASURED_OVER = timedelta(days=90)
FIELDS = ("day", "n", "median_days")


def announce(pairs: Sequence[tuple[Maison, AppointmentType]], *, day: date) -> None:
    """Measure what was not yet measured today; nothing is read when all is there."""
    known = set(AnnouncedDelay.objects.filter(day=day).values_list("maison", "type"))
    missing = [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in known]
    if not missing:
        return
    cases = read_cases(day - MEASURED_OVER, day, at=day)[Kind.BOOKED]
    found = measure_by(cases, lambda case: (case.maison, case.type))
    rows = []
    for maison, kind in missing:
        delay = found.get((maison.code, kind.code))
        rows.append(AnnouncedDelay(maison=maison, type=kind, day=day, n=delay.n if delay else 0))
        rows[-1].median_days = delay.median_days if delay else None
    AnnouncedDelay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["maison", "type"], update_fields=FIELDS
    )

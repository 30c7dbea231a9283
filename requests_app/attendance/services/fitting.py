"""The weights of each Maison, once a month, from its own appointments."""

from datetime import date, datetime

from requests_app.attendance import calibration
from requests_app.attendance.logistic import Logistic, fit
from requests_app.attendance.models import RiskFit
from requests_app.attendance.selectors.history import Case, past_cases
from requests_app.lib.months import add_months, first_of_month
from requests_app.maisons.models import Maison
from requests_app.tickets.deadlines import PARIS

Off = RiskFit.Off
LEAST = 200
LEAST_OF_EACH = 20  # absences, and arrivals: fewer say nothing with seven weights
MAX_ERROR = 0.1  # a mean difference of ten points between risk and outcome
MAX_A_PASS = 3  # Maisons; the next pass takes the others


def refit(*, at: datetime) -> int:
    """Fit those not yet fitted this month; return how many. Running twice changes nothing."""
    month = first_of_month(at.astimezone(PARIS).date())
    done = RiskFit.objects.filter(month=month).values("maison")
    waiting = Maison.objects.current().exclude(pk__in=done).order_by("pk")[:MAX_A_PASS]
    for maison in waiting:
        row = _fit(maison, month, at)
        RiskFit.objects.bulk_create([row], ignore_conflicts=True)
    return len(waiting)


def models_in_use(at: datetime) -> dict[int, Logistic]:
    """Return the weights by Maison, those of this month or of the month before; one statement."""
    month = first_of_month(at.astimezone(PARIS).date())
    rows = RiskFit.objects.filter(month__gte=add_months(month, -1), month__lte=month).order_by("month")
    last = {row.maison_id: row for row in rows}
    return {pk: Logistic(row.means, row.scales, row.weights) for pk, row in last.items() if not row.off}


def _fit(maison: Maison, month: date, at: datetime) -> RiskFit:
    cases = past_cases(maison.pk, at)
    row = RiskFit(maison=maison, month=month, fitted_at=at, count=len(cases), off=_why_off(cases))
    row.absences = sum(case.is_absent for case in cases)
    return row if row.off else _add_weights(row, cases)


def _why_off(cases: list[Case]) -> str:
    """Say why nothing is computed; "" when there is enough."""
    if len(cases) < LEAST:
        return Off.FEW
    absences = sum(case.is_absent for case in cases)
    return Off.ALIKE if min(absences, len(cases) - absences) < LEAST_OF_EACH else ""


def _add_weights(row: RiskFit, cases: list[Case]) -> RiskFit:
    rows, outcomes = [case.facts.features for case in cases], [case.is_absent for case in cases]
    model, fifths = fit(rows, outcomes), calibration.measure(rows, outcomes)
    row.means, row.scales, row.weights = model.means, model.scales, model.weights
    row.fifths = [[each.predicted, each.observed, float(each.count)] for each in fifths]
    row.error = calibration.error_of(fifths)
    row.off = Off.WRONG if row.error > MAX_ERROR else ""
    return row

"""What a trial shows so far, and what one could show: the weeks of its Maisons, read in two statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from requests_app.experiments.effect import Effect, measure_effect
from requests_app.experiments.looks import Look, list_looks
from requests_app.experiments.measures import MEASURES, Measure, WeekValue, read_weeks
from requests_app.experiments.models import WEEKS_BEFORE, Trial, TrialSite
from requests_app.experiments.observations import Observation, measure_changes
from requests_app.experiments.power import Design, Plan, plan, spread_of
from requests_app.lib.weeks import WEEK, monday_of

PAST_TIMES = 6  # past starts at which nothing began, four weeks apart
APART = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class TrialResult:
    """``mondays``: all the weeks compared; ``values`` by Maison and Monday, those missing left out.

    ``effect`` is measured once the trial is over; ``looks``, one for each week since the start, may be
    believed at any time.
    """

    sites: list[TrialSite]
    mondays: list[date]
    values: dict[tuple[int, date], WeekValue]
    observations: list[Observation]
    looks: list[Look]
    effect: Effect | None

    def weeks_at(self, maison_id: int) -> dict[date, WeekValue]:
        """Return a Maison's weeks by Monday."""
        return {monday: week for (pk, monday), week in self.values.items() if pk == maison_id}


def read_result(trial: Trial, *, today: date) -> TrialResult:
    """Compare the weeks that are over."""
    sites = list(trial.sites.select_related("maison").order_by("-is_tried", "maison__label", "pk"))
    after = min(monday_of(today), trial.last_day + timedelta(days=1))
    mondays = list_mondays(trial.compared_from, after)
    ids = [site.maison_id for site in sites]
    weeks = read_weeks(MEASURES[trial.measure], ids, trial.compared_from, after)
    values = {(week.maison_id, week.monday): week for week in weeks}
    observations = list(_observe(sites, mondays, values, trial.starts_on))
    return TrialResult(
        sites,
        mondays,
        values,
        observations,
        list(list_looks(observations, smallest=trial.smallest)),
        measure_effect(observations, smallest=trial.smallest) if trial.is_over(today) else None,
    )


def list_mondays(first: date, after: date) -> list[date]:
    """List the Mondays from one up to another, excluded."""
    return [first + WEEK * rank for rank in range(max((after - first).days, 0) // 7)]


def foresee(
    measure: Measure, tried: Collection[int], others: Collection[int], *, weeks: int, today: date
) -> Plan | None:
    """Say what a trial of so long could see there; None while too few weeks were measured to tell.

    Maisons where nothing was lately measured count for nothing.
    """
    ids = [*tried, *others]
    last = monday_of(today)
    first = last - WEEK * (WEEKS_BEFORE + weeks) - APART * (PAST_TIMES - 1)
    values = list(read_weeks(measure, ids, first, last))
    starts = [last - WEEK * weeks - APART * rank for rank in range(PAST_TIMES)]
    spread = spread_of([_changes_at(values, start, weeks) for start in starts])
    lately = {week.maison_id for week in values if week.monday >= last - WEEK * WEEKS_BEFORE}
    tried_sites, other_sites = len(lately & set(tried)), len(lately & set(others))
    if spread is None or not tried_sites:
        return None
    return plan(Design(tried_sites, other_sites, spread))


def _changes_at(values: Iterable[WeekValue], start: date, weeks: int) -> Sequence[float]:
    """Return the change of each Maison at a past start, over as many weeks as the trial."""
    first, after = start - WEEK * WEEKS_BEFORE, start + WEEK * weeks
    seen = [
        Observation(str(week.maison_id), str(week.monday), False, week.monday >= start, week.value, week.n)
        for week in values
        if first <= week.monday < after
    ]
    return [change.value for change in measure_changes(seen)]


def _observe(
    sites: Iterable[TrialSite],
    mondays: Iterable[date],
    values: dict[tuple[int, date], WeekValue],
    start: date,
) -> Iterable[Observation]:
    mondays = list(mondays)
    for site in sites:
        for monday in mondays:
            week = values.get((site.maison_id, monday))
            value, n = (week.value, week.n) if week else (None, 0)
            yield Observation(site.maison.code, monday.isoformat(), site.is_tried, monday >= start, value, n)

"""First appointments over time: the delay month after month, searches that found nothing week after week."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from requests_app.first_delay.delays import Delay
from requests_app.first_delay.selectors.cases import Cases, measure_by
from requests_app.first_delay.selectors.weeks import Week
from requests_app.lib import french
from requests_app.lib.months import add_months, first_of_month
from requests_app.tickets.selectors.counts import FEW
from requests_app.www.dashboards.first_delay_query import NAMES, DelayQuery
from requests_app.www.dashboards.first_delay_rows import (
    DASH,
    count_of,
    find_few,
    format_delay,
    heads,
    word_delay,
)
from requests_app.www.dashboards.plot import Plot
from requests_app.www.dashboards.plots import Bar, bars

MAX_WEEKS = 12


def months_plot(cases: Cases, asked: DelayQuery) -> Plot:
    """Plot the median of the tickets received in each month; hidden under five.

    So is the smallest other month when the total, less those shown, would tell what is hidden.
    """
    found = measure_by(filter(asked.holds, cases[asked.kind]), lambda case: first_of_month(case.on))
    delays = {month: found.get(month, Delay()) for month in _months(asked.first, asked.last)}
    untold = find_few({month: delay.n for month, delay in delays.items()})
    still = find_few({month: delay.waiting for month, delay in delays.items()})
    drawn = [_bar(month, delay, is_told=month not in untold) for month, delay in delays.items()]
    title = _("%(delay)s, mois par mois") % {"delay": NAMES[asked.kind]}
    described = _("Délai médian en jours. %(list)s.") % {"list": _describe(drawn)}
    rows = [
        word_delay(
            french.month(month),
            delay,
            asked.kind,
            is_told=month not in untold,
            is_waiting_told=month not in still,
        ).cells
        for month, delay in delays.items()
    ]
    note = _("Le délai des derniers mois change encore : des personnes attendent.")
    svg = bars("mois", title, described, drawn)
    return Plot("mois", title, svg, heads(_("Mois")), rows, is_empty=not found, note=note)


def searches_plot(weeks: Sequence[Week]) -> Plot:
    """Plot the searches that found nothing, in the last weeks; hidden under five."""
    shown = weeks[-MAX_WEEKS:]
    drawn = [
        Bar(french.short_day(week.monday), _length(week.unanswered), count_of(week.unanswered))
        for week in shown
    ]
    title = _("Recherches sans réponse, par semaine")
    described = _("Recherches qui n’ont rien trouvé. %(list)s.") % {"list": _describe(drawn)}
    rows = [
        (french.short_day(week.monday), count_of(week.searches), count_of(week.unanswered)) for week in shown
    ]
    table_heads = (_("Semaine du"), _("Recherches"), _("Sans réponse"))
    why = _("Personne n’a cherché de créneau.")
    svg = bars("recherches", title, described, drawn)
    return Plot("recherches", title, svg, table_heads, rows, is_empty=not shown, why_empty=why)


def _bar(month: date, delay: Delay, *, is_told: bool) -> Bar:
    """Draw nothing of what is hidden: a length would tell what the words do not."""
    if delay.n < FEW or not is_told:
        return Bar(french.month(month), 0, count_of(delay.n) if 0 < delay.n < FEW else DASH)
    return Bar(french.month(month), delay.median_days or 0, format_delay(delay.median_days))


def _length(count: int) -> int:
    return FEW if 0 < count < FEW else count


def _describe(drawn: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)


def _months(first: date, last: date) -> Iterable[date]:
    month = first_of_month(first)
    while month <= last:
        yield month
        month = add_months(month, 1)

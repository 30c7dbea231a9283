"""The plots of the page, each with the table of its values."""

from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.channels.registry import keys, label_of
from requests_app.indicators.delays import percentile, spread
from requests_app.indicators.satisfaction import Feedback
from requests_app.indicators.statistics import Day, Statistics
from requests_app.lib import french
from requests_app.lib.workdays import is_working_day
from requests_app.tickets.models.tickets import LATE_AFTER
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.columns import Column, Mark, columns
from requests_app.www.dashboards.feelings import feelings_plot
from requests_app.www.dashboards.plot import MIN_FOR_PERCENT, Plot, format_days, share
from requests_app.www.dashboards.plots import Bar, Curve, bars, curves
from requests_app.www.dashboards.topics import group_by_topic, topics_plot

LATE_DAYS = LATE_AFTER.days


def plots(asked: ReportQuery, figures: Statistics, topics: dict[int, Topic], said: Feedback) -> list[Plot]:
    return [
        _plot_days(asked, figures),
        _plot_channels(figures),
        _plot_delays(figures),
        *(
            []
            if asked.topic
            else [topics_plot(asked, group_by_topic(figures, topics)), feelings_plot(figures, said)]
        ),
    ]


def _plot_days(asked: ReportQuery, figures: Statistics) -> Plot:
    days = [day for day in asked.period.days if is_working_day(day)]
    found = [figures.days[day] if day in figures.days else Day() for day in days]
    received, closed = [day.received for day in found], [day.closed for day in found]
    title = _("Reçues et terminées, par jour ouvré")
    lines = [Curve(_("Reçues"), received), Curve(_("Terminées"), closed)]
    words = _("%(where)s. Reçues : de %(r0)s à %(r1)s par jour. Terminées : de %(c0)s à %(c1)s par jour.") % {
        "where": asked.words,
        "r0": min(received, default=0),
        "r1": max(received, default=0),
        "c0": min(closed, default=0),
        "c1": max(closed, default=0),
    }
    rows = [
        (
            french.short_day(day),
            french.number(one.received),
            french.number(one.closed),
            french.number(one.answered),
        )
        for day, one in zip(days, found, strict=True)
    ]
    heads = (_("Jour"), _("Reçues"), _("Terminées"), _("Répondues"))
    return Plot("jours", title, curves("jours", title, words, days, lines), heads, rows, not days)


def _plot_channels(figures: Statistics) -> Plot:
    title, rows, drawn = _("Première réponse, selon le canal"), [], []
    codes = [code for code in keys() if figures.channels.get(code) or figures.delays.get(code)]
    for code in codes:
        counts = figures.delays.get(code) or {}
        median, slow = percentile(counts, 0.5), percentile(counts, 0.9)
        word, answered = label_of(code), sum(counts.values())
        rows.append(
            (
                word,
                french.number(figures.channels[code]),
                french.number(answered),
                format_days(median),
                format_days(slow),
            )
        )
        words = _("le jour même") if median is not None and median < 0.1 else format_days(median)
        drawn.append(Bar(word, median or 0, words, is_late=(median or 0) > LATE_DAYS))
    described = "; ".join(f"{bar.label} : {bar.words}" for bar in drawn)
    goal = (
        (float(LATE_DAYS), _("Repère : %(n)s j") % {"n": LATE_DAYS})
        if any(bar.value for bar in drawn)
        else None
    )
    svg = bars(
        "canaux", title, _("Délai médian en jours ouvrés. %(list)s.") % {"list": described}, drawn, goal=goal
    )
    heads = (_("Canal"), _("Reçues"), _("Répondues"), _("Délai médian"), _("9 sur 10 en"))
    return Plot("canaux", title, svg, heads, rows, not figures.delays.get(""))


def _plot_delays(figures: Statistics) -> Plot:
    """Plot the distribution, with the median and the ninth decile marked on it."""
    title, delays = _("Délai de première réponse, en jours ouvrés"), figures.delays[""]
    counts, total = spread(delays), sum(delays.values())
    shares = [share(count, total) for count in counts]
    # Seven side by side on a phone: the sentence under them says once of how many.
    narrow = shares if total >= MIN_FOR_PERCENT else [french.number(count) for count in counts]
    median, slow = percentile(delays, 0.5), percentile(delays, 0.9)
    marks = [
        Mark(at, words) for at, words in ((median, _("médiane")), (slow, _("9 sur 10"))) if at is not None
    ]
    drawn = [
        Column(label, count, part, is_late=rank > 3)
        for rank, (label, count, part) in enumerate(zip(short_steps(), counts, narrow, strict=True))
    ]
    rows = [
        (label, french.number(count), part)
        for label, count, part in zip(steps(), counts, shares, strict=True)
    ]
    words = _("Sur %(n)s réponses : la moitié en %(median)s, 9 sur 10 en %(slow)s. %(list)s.") % {
        "n": french.number(total),
        "median": format_days(median),
        "slow": format_days(slow),
        "list": "; ".join(f"{label} : {count} ({part})" for label, count, part in rows),
    }
    note = _("La moitié des réponses en %(median)s, 9 sur 10 en %(slow)s, sur %(n)s.") % {
        "median": format_days(median),
        "slow": format_days(slow),
        "n": french.number(total),
    }
    heads = (_("Délai"), _("Réponses"), _("Part"))
    svg = columns("delais", title, words, drawn, marks=marks)
    return Plot("delais", title, svg, heads, rows, not total, note=note)


def steps() -> tuple[str, ...]:
    """Return the columns of the distribution (indicators/delays.py)."""
    return (
        _("Moins de 1 jour"),
        _("1 à 2 jours"),
        _("2 à 3 jours"),
        _("3 à 5 jours"),
        _("5 à 10 jours"),
        _("10 à 20 jours"),
        _("Plus de 20 jours"),
    )


def short_steps() -> tuple[str, ...]:
    return ("< 1", "1–2", "2–3", "3–5", "5–10", "10–20", "> 20")

"""The lines of a statistics file: one table for all, cells that do not apply stay empty."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.channels.registry import keys, label_of
from requests_app.indicators.delays import middle, percentile, spread
from requests_app.indicators.satisfaction import Feedback
from requests_app.indicators.statistics import Statistics
from requests_app.lib.spreadsheets import Cell
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.channel_statistics import ChannelStatistics
from requests_app.www.dashboards.drawing import steps
from requests_app.www.dashboards.places import Row
from requests_app.www.dashboards.topics import group_by_topic


@dataclass(frozen=True, slots=True)
class FileLine:
    """``table`` is what is counted, ``label`` of what; delays in working days, ``wait`` in minutes.

    ``value`` and ``total`` are a statistic of one channel, and empty when too few make it up.
    """

    table: str
    label: str
    received: Cell = None
    closed: Cell = None
    answered: Cell = None
    waiting: Cell = None
    late: Cell = None
    median: Cell = None
    ninetieth: Cell = None
    wait: Cell = None
    value: Cell = None
    total: Cell = None


def heads() -> FileLine:
    return FileLine(
        _("Tableau"),
        _("Ligne"),
        _("Reçues"),
        _("Terminées"),
        _("Répondues"),
        _("En attente"),
        _("Sans réponse depuis plus de 5 jours"),
        _("Première réponse, médiane (jours ouvrés)"),
        _("Neuf réponses sur dix en (jours ouvrés)"),
        _("Attente à l’accueil, médiane (minutes)"),
        _("Valeur"),
        _("Sur"),
    )


def table(
    asked: ReportQuery,
    figures: Statistics,
    topics: Mapping[int, Topic],
    places: Sequence[Row],
    said: Feedback,
    by_channel: Sequence[ChannelStatistics],
) -> Iterator[tuple[Cell, ...]]:
    for line in (
        heads(),
        _total(asked, figures),
        *_days(asked, figures),
        *_channels(figures),
        *_topics(figures, topics),
        *_delays(figures),
        *(FileLine(_("Par ressenti"), word, answered=count) for word, count in said.counts),
        *(_place(row) for row in places),
        *_channel_statistics(by_channel),
    ):
        yield astuple(line)


def _total(asked: ReportQuery, figures: Statistics) -> FileLine:
    total, delays = figures.total(asked.period.days), figures.delays[""]
    return FileLine(
        _("Total"),
        asked.words,
        received=total.received,
        closed=total.closed,
        answered=total.answered,
        waiting=sum(line.waiting for line in figures.places.values()),
        late=sum(line.late for line in figures.places.values()),
        median=percentile(delays, 0.5),
        ninetieth=percentile(delays, 0.9),
        wait=middle(figures.waits, 0.5),
    )


def _days(asked: ReportQuery, figures: Statistics) -> Iterator[FileLine]:
    for day in asked.period.days:
        one = figures.total([day])
        yield FileLine(_("Par jour"), day.isoformat(), one.received, one.closed, one.answered)


def _channels(figures: Statistics) -> Iterator[FileLine]:
    for code in keys():
        if figures.channels.get(code) or figures.delays.get(code):
            mine = figures.delays.get(code) or {}
            yield FileLine(
                _("Par canal"),
                label_of(code),
                received=figures.channels[code],
                answered=sum(mine.values()),
                median=percentile(mine, 0.5),
                ninetieth=percentile(mine, 0.9),
            )


def _topics(figures: Statistics, topics: Mapping[int, Topic]) -> Iterator[FileLine]:
    found = group_by_topic(figures, topics)
    for each in found.apart:
        yield FileLine(_("Par sujet"), each.label, received=each.count.figure)
    for label, words, _code in found.rows[len(found.apart) :]:
        yield FileLine(_("Par sujet"), label, received=words)


def _delays(figures: Statistics) -> Iterator[FileLine]:
    for step, count in zip(steps(), spread(figures.delays[""]), strict=True):
        yield FileLine(_("Par délai"), step, answered=count)


def _channel_statistics(by_channel: Sequence[ChannelStatistics]) -> Iterator[FileLine]:
    for each in by_channel:
        for row in each.rows:
            yield FileLine(each.label, row.label_with_unit, value=row.value, total=row.total)


def _place(row: Row) -> FileLine:
    line = row.line
    return FileLine(
        _("Par lieu"),
        row.label,
        received=line.received,
        answered=line.answered,
        waiting=line.waiting,
        late=line.late,
        median=line.median,
        ninetieth=line.ninetieth,
        wait=line.wait,
    )

"""What one channel alone counts: each is asked, and what too few make up is hidden (threats: P06)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.channels.description import Counted, Figure, Unit
from requests_app.channels.registry import channels
from requests_app.indicators.models import FeltBatch
from requests_app.lib import french
from requests_app.tickets.deadlines import midnight
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import format_minutes, share


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as it is read; ``figure`` None when fewer than five make it up."""

    label: str
    unit: Unit
    figure: Figure | None

    @property
    def label_with_unit(self) -> str:
        """Name it in a file, where the number stands alone."""
        return f"{self.label} ({_('minutes')})" if self.unit == Unit.MINUTES else self.label

    @property
    def words(self) -> str:
        if self.figure is None:
            return "–"
        if self.figure.unit == Unit.MINUTES:
            return format_minutes(self.figure.value).replace(" ", french.NBSP)
        return share(self.figure.value, self.figure.total).replace(" ", french.NBSP)

    @property
    def value(self) -> int | None:
        """Return the number of a file: minutes, or how many."""
        return self.figure.value if self.figure else None

    @property
    def total(self) -> int | None:
        return self.figure.total if self.figure else None


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """The figures of one channel."""

    key: str
    label: str
    rows: Sequence[FigureRow]


def channel_figures(asked: ReportQuery) -> list[ChannelFigures]:
    """Ask every channel that counts something of its own."""
    return list(_read(asked))


def _read(asked: ReportQuery) -> Iterator[ChannelFigures]:
    since, until = midnight(asked.period.first), midnight(asked.period.after)
    counted = Counted(asked.where.maisons, asked.where.topic_id, since, until)
    for channel in channels():
        if channel.figures:
            rows = [_row(figure) for figure in channel.figures(counted)]
            yield ChannelFigures(channel.key, str(channel.label), rows)


def _row(figure: Figure) -> FigureRow:
    return FigureRow(str(figure.label), figure.unit, figure if figure.total >= FeltBatch.SIZE else None)

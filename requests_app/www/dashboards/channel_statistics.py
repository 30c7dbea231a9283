"""What one channel alone counts: each is asked, and what too few make up is hidden (threats: P06)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.channels.description import Counted, Statistic, Unit
from requests_app.channels.registry import channels
from requests_app.indicators.models import FeltBatch
from requests_app.lib import french
from requests_app.tickets.deadlines import midnight
from requests_app.www.dashboards.asking import ReportQuery
from requests_app.www.dashboards.plot import format_minutes, share


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One statistic as it is read; ``statistic`` None when fewer than five make it up."""

    label: str
    unit: Unit
    statistic: Statistic | None

    @property
    def label_with_unit(self) -> str:
        """Name it in a file, where the number stands alone."""
        return f"{self.label} ({_('minutes')})" if self.unit == Unit.MINUTES else self.label

    @property
    def words(self) -> str:
        if self.statistic is None:
            return "–"
        if self.statistic.unit == Unit.MINUTES:
            return format_minutes(self.statistic.value).replace(" ", french.NBSP)
        return share(self.statistic.value, self.statistic.total).replace(" ", french.NBSP)

    @property
    def value(self) -> int | None:
        """Return the number of a file: minutes, or how many."""
        return self.statistic.value if self.statistic else None

    @property
    def total(self) -> int | None:
        return self.statistic.total if self.statistic else None


@dataclass(frozen=True, slots=True)
class ChannelStatistics:
    """The statistics of one channel."""

    key: str
    label: str
    rows: Sequence[StatisticRow]


def channel_statistics(asked: ReportQuery) -> list[ChannelStatistics]:
    """Ask every channel that counts something of its own."""
    return list(_read(asked))


def _read(asked: ReportQuery) -> Iterator[ChannelStatistics]:
    since, until = midnight(asked.period.first), midnight(asked.period.after)
    counted = Counted(asked.where.maisons, asked.where.topic_id, since, until)
    for channel in channels():
        if channel.statistics:
            rows = [_row(statistic) for statistic in channel.statistics(counted)]
            yield ChannelStatistics(channel.key, str(channel.label), rows)


def _row(statistic: Statistic) -> StatisticRow:
    return StatisticRow(
        str(statistic.label), statistic.unit, statistic if statistic.total >= FeltBatch.SIZE else None
    )

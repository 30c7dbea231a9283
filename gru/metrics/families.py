"""The families of /metrics, under the names that alarms and outside checks know."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import DatabaseError
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.utils import floatToGoString
from redis.exceptions import RedisError

from channels_app.intake.services.timing import ARRIVALS
from gru.metrics import values
from gru.metrics.timing import HTTP
from requests_app.lib.histograms import Histogram

HISTOGRAMS = (ARRIVALS, HTTP)


class Families:
    """Everything at one instant. What a server that is away would tell is left out: alarms see it absent."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        """Read each family; prometheus_client calls this."""
        for read in (self._arrivals, self._messages, self._servers):
            try:
                yield from list(read())
            except DatabaseError:
                continue
        yield make_gauge(
            "gru_scheduler_age_seconds", "Age of the scheduler's last run.", values.scheduler_age()
        )
        yield from map(make_histogram, HISTOGRAMS)

    def _arrivals(self) -> Iterator[Metric]:
        balance = values.arrivals(self.at)
        oldest = balance.oldest_pending_s or 0
        name = "gru_arrival_oldest_pending_seconds"
        yield make_gauge(name, "Age of the oldest message received and not processed.", oldest)
        yield make_gauge("gru_arrivals_gap", "Messages received that are nowhere.", balance.gap)
        yield make_gauge("gru_arrivals_quarantined", "Messages in quarantine.", balance.quarantined)

    def _messages(self) -> Iterator[Metric]:
        by_state = values.outgoing_messages()
        yield make_labelled_gauge("gru_outgoing_messages", "Messages of the outbox, by state.", by_state)
        left = values.sms_left(self.at)
        yield make_gauge("gru_sms_segments_left", "SMS segments that may still leave today.", left)
        lag = values.push_lag(self.at)
        yield make_gauge("gru_push_lag_seconds", "Age of the oldest event not pushed yet.", lag)

    def _servers(self) -> Iterator[Metric]:
        by_state = values.database_connections()
        yield make_labelled_gauge(
            "gru_database_connections", "Connections to the database, by state.", by_state
        )


def make_gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def make_labelled_gauge(name: str, meaning: str, values: Mapping[str, float]) -> Metric:
    """Make a gauge with one line for each state."""
    family = GaugeMetricFamily(name, meaning, labels=["state"])
    for state, value in values.items():
        family.add_metric([state], value)
    return family


def make_histogram(told: Histogram) -> Metric:
    """Make a histogram of what all processes counted; without lines when the broker does not answer."""
    family = HistogramMetricFamily(told.name, told.meaning, labels=told.labels)
    bounds = [*map(floatToGoString, told.bounds), "+Inf"]
    try:
        found = told.read()
    except RedisError:
        return family
    for series in found:
        counts = [
            (bound, float(count)) for bound, count in zip(bounds, series.cumulative_counts(), strict=True)
        ]
        family.add_metric(list(series.labels), counts, series.total)
    return family

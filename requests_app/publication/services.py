"""Publish the indicators of a quarter, once."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from requests_app.first_delay.delays import measure
from requests_app.indicators.delays import middle
from requests_app.publication import sources
from requests_app.publication.models import Indicator, Publication
from requests_app.publication.quarters import Quarter, quarter_of
from requests_app.publication.tallies import Parts, Sighting, Tally, part, tally
from requests_app.tickets.deadlines import local_day

SETTLES_FOR = timedelta(days=7)  # answers of a quarter's last week still come in
EIGHT_IN_TEN = 0.8
WELL = 4  # of five faces

STEP = 5  # numbers and shares are rounded to it: no difference of two tells of one person (threats: P06)

Values = dict[str, int | None]


def publish(*, at: datetime) -> None:
    """Publish the last quarter that is over, if it is not yet."""
    publish_quarter(quarter_of(local_day(at - SETTLES_FOR)).go_back(), at=at)


@transaction.atomic
def publish_quarter(quarter: Quarter, *, at: datetime) -> Publication | None:
    """Publish a quarter that is over; one that is published, or not over, stays as it is."""
    if quarter.after > local_day(at):
        return None
    published, is_new = Publication.objects.get_or_create(
        quarter=quarter.first, defaults={"published_at": at}
    )
    if is_new:
        Indicator.objects.bulk_create(_indicators(published, at))
    return published


def _indicators(published: Publication, at: datetime) -> Iterator[Indicator]:
    quarter = published.as_quarter
    read: dict[Indicator.Kind, tuple[Iterable[Sighting], Callable[[Tally], Values]]] = {
        Indicator.Kind.ANSWERED: (sources.read_answers(quarter), _share),
        Indicator.Kind.APPOINTMENT: (sources.read_appointments(quarter, at=local_day(at)), _first_delay),
        Indicator.Kind.WAIT: (sources.read_waits(quarter), _minutes),
        Indicator.Kind.CALLED: (sources.read_calls(quarter), _share),
        Indicator.Kind.FELT: (sources.read_felt(quarter), _well),
    }
    for kind, (sightings, values_of) in read.items():
        for extent, maison, each in _extents(part(tally(sightings))):
            yield Indicator(
                publication=published,
                kind=kind,
                extent=extent,
                maison_id=maison,
                n=_round(each.n),
                **values_of(each),
            )


def _extents(parts: Parts) -> Iterator[tuple[Indicator.Extent, int | None, Tally]]:
    yield from ((Indicator.Extent.MAISON, maison, each) for maison, each in parts.maisons.items())
    if parts.others:
        yield Indicator.Extent.OTHERS, None, parts.others
    if parts.whole:
        yield Indicator.Extent.TERRITORY, None, parts.whole


def _share(seen: Tally) -> Values:
    return {"share": _percent(seen.seen[True], seen.n)}


def _well(seen: Tally) -> Values:
    return {"share": _percent(sum(n for level, n in _numbers(seen).items() if level >= WELL), seen.n)}


def _minutes(seen: Tally) -> Values:
    minutes = _numbers(seen)
    return {"middle": middle(minutes, 0.5), "most": middle(minutes, EIGHT_IN_TEN)}


def _first_delay(seen: Tally) -> Values:
    followed: Any = list(seen.seen.elements())
    delay = measure(followed)
    share = delay.share_under
    return {
        "middle": delay.median_days,
        "most": delay.p90_days,
        "share": None if share is None else _round(100 * share),
    }


def _numbers(seen: Tally) -> dict[int, int]:
    counted: Any = seen.seen
    return dict(counted)


def _percent(part_of: int, whole: int) -> int:
    return _round(100 * part_of / whole)


def _round(number: float) -> int:
    return STEP * round(number / STEP)

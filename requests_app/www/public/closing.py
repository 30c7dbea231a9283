"""What the agenda says of a Maison that its hours do not: the closures of the next weeks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.lib.local_time import PARIS
from requests_app.maisons import opening
from requests_app.maisons.models import Maison
from requests_app.slots.models import Closure
from requests_app.slots.weeks import describe_span

ANNOUNCED = timedelta(days=60)


def closures_of(maisons: Iterable[Maison], at: datetime) -> dict[int, list[Closure]]:
    """Return the closures under way or to come, by Maison, in order; one statement."""
    today = at.astimezone(PARIS).date()
    rows = Closure.objects.standing().filter(
        maison__in=list(maisons), ends_on__gte=today, starts_on__lte=today + ANNOUNCED
    )
    found: dict[int, list[Closure]] = defaultdict(list)
    for row in rows.order_by("starts_on", "starts_at", "pk"):
        if row.end > _wall_clock(at):
            found[row.maison_id].append(row)
    return found


def closure_at(closures: Iterable[Closure], at: datetime | None) -> Closure | None:
    """Return the one that covers an instant."""
    return next((row for row in closures if at and row.start <= _wall_clock(at) < row.end), None)


def describe_closure_now(maison: Maison, closures: list[Closure], at: datetime) -> str:
    """Write « Fermé exceptionnellement… » when it is closed now, or when it would open next; else ""."""
    met = closure_at(closures, at)
    if met is None and closures and not opening.is_open(maison, at):
        met = closure_at(closures, opening.next_opening(maison, at))
    return _("Fermé exceptionnellement : %(span)s") % {"span": describe_span(met)} if met else ""


def describe_shut(maison: Maison, closures: list[Closure], at: datetime) -> str:
    """Write, for those who stand there, when it opens if closures decide; "" when they say nothing of now.

    « Fermé exceptionnellement aujourd’hui, ouvre jeudi 3 décembre à 8 h 30 ».
    """
    usual = opening.next_opening(maison, at) if opening.is_open(maison, at) is False else None
    is_exceptional = closure_at(closures, at) is not None
    if not is_exceptional and closure_at(closures, usual) is None:
        return ""
    opens = _next_opening(maison, closures, at)
    is_exceptional = is_exceptional or (usual is not None and _is_same_day(usual, at))
    return _describe_exception(opens, at) if is_exceptional else opening.describe_opening(opens, at)


def _describe_exception(opens: datetime | None, at: datetime) -> str:
    if opens is None:
        return _("Fermé exceptionnellement aujourd’hui")
    words = {"day": french.day(opens), "time": opening.format_clock(opens.astimezone(PARIS).time())}
    if _is_same_day(opens, at):
        return _("Fermé exceptionnellement, ouvre à %(time)s") % words
    return _("Fermé exceptionnellement aujourd’hui, ouvre %(day)s à %(time)s") % words


def _is_same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(PARIS).date() == other.astimezone(PARIS).date()


def _next_opening(maison: Maison, closures: list[Closure], at: datetime) -> datetime | None:
    """Return the next instant at which the hours open and no closure holds; None when nobody knows."""
    for opens, closes in opening.next_spans(maison, at):
        start = max(opens, at)
        for row in closures:  # in order: each may push the start to its end
            if row.start <= _wall_clock(start) < row.end:
                start = row.end.replace(tzinfo=PARIS)
        if start < closes:
            return start
    return None


def _wall_clock(at: datetime) -> datetime:
    return at.astimezone(PARIS).replace(tzinfo=None)

"""Which outbound channels are late, in sentences for staff (threats: F06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.delivery.models import Circuit
from channels_app.delivery.services.circuits import PATIENCE
from requests_app.channels.ways_out import outbound_of
from requests_app.lib import french
from requests_app.outbox.models import Outgoing

WAITING = (Outgoing.State.QUEUED, Outgoing.State.SENDING)
LONG_DUE = timedelta(minutes=5)  # thirty passes of the sweep: no worker sends any longer


@dataclass(frozen=True, slots=True)
class LateChannel:
    """A channel that is late since ``since``, and how many messages wait for it."""

    channel: str
    since: datetime
    waiting: int


def late(now: datetime) -> list[LateChannel]:
    """Return the channels whose messages wait; two statements when all is well."""
    since = {**_overdue(now), **_refusing()}
    if not since:
        return []
    waiting = Outgoing.objects.filter(channel__in=since, state__in=WAITING)
    meant = waiting.filter(Q(attempts__gt=0) | Q(try_after__lte=now))  # not what is due later
    counts = meant.values_list("channel").annotate(Count("pk")).order_by("channel")
    return [LateChannel(channel, since[channel], count) for channel, count in counts]


def _refusing() -> dict[str, datetime]:
    """Return the channels whose provider does not answer, and since when."""
    rows = Circuit.objects.filter(failures__gte=PATIENCE).values_list("channel", "failing_since")
    return {channel: at for channel, at in rows if at}


def _overdue(now: datetime) -> dict[str, datetime]:
    """Return the channels where nothing was tried for a while: no worker, or too few."""
    due = Outgoing.objects.due(now - LONG_DUE).order_by().values_list("channel")
    return dict(due.annotate(Min("try_after")))


def incidents(now: datetime) -> list[str]:
    """Return one sentence for each channel that is late."""
    return [_sentence(each, now) for each in late(now)]


def _sentence(late: LateChannel, now: datetime) -> str:
    is_today = timezone.localdate(late.since) == timezone.localdate(now)
    since = french.clock(late.since) if is_today else french.moment(late.since)
    words = ngettext(
        "%(messages)s partent avec du retard depuis %(since)s. Un message attend et partira seul.",
        "%(messages)s partent avec du retard depuis %(since)s. %(n)s attendent et partiront seuls.",
        late.waiting,
    )
    return words % {"messages": _messages(late.channel), "since": since, "n": french.number(late.waiting)}


def _messages(channel: str) -> str:
    way_out = outbound_of(channel)
    return str(way_out.late) if way_out else _("Les messages")

"""Which ways out are late, in words for staff (threats: F06)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.delivery.models import Circuit
from channels_app.delivery.services.circuits import PATIENCE
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Channel

WAITING = (Outgoing.State.QUEUED, Outgoing.State.SENDING)


@dataclass(frozen=True, slots=True)
class Late:
    """A channel that has answered nothing since then, and how many messages wait for it."""

    channel: str
    since: datetime
    waiting: int


def late() -> list[Late]:
    """The ways out that keep messages waiting."""
    rows = Circuit.objects.filter(failures__gte=PATIENCE).values_list("channel", "failing_since")
    since = {channel: at for channel, at in rows if at}
    if not since:
        return []
    waiting = Outgoing.objects.filter(channel__in=since, state__in=WAITING)
    counts = waiting.values_list("channel").annotate(Count("pk")).order_by("channel")
    return [Late(channel, since[channel], count) for channel, count in counts]


def incidents(now: datetime) -> list[str]:
    """One sentence for each way out that is late."""
    return [_sentence(each, now) for each in late()]


def _sentence(late: Late, now: datetime) -> str:
    is_today = timezone.localdate(late.since) == timezone.localdate(now)
    since = french.clock(late.since) if is_today else french.moment(late.since)
    words = ngettext(
        "%(messages)s partent avec du retard depuis %(since)s. Un message attend et partira seul.",
        "%(messages)s partent avec du retard depuis %(since)s. %(n)s attendent et partiront seuls.",
        late.waiting,
    )
    return words % {"messages": _plural(late.channel), "since": since, "n": french.number(late.waiting)}


def _plural(channel: str) -> str:
    words: dict[str, str] = {Channel.Kind.MAIL: _("Les e-mails"), Channel.Kind.SMS: _("Les SMS")}
    return words.get(channel, _("Les messages"))

"""Many automatic messages at once, about many tickets: as automatic.say, in a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue_all, row_of
from requests_app.tickets.messages.automatic import ask_agent, build_touchpoint
from requests_app.tickets.messages.caps import Caps
from requests_app.tickets.messages.limits import Verdict
from requests_app.tickets.messages.silence import tell_by_voice, why_silent
from requests_app.tickets.models import Ticket, Touchpoint


@dataclass(frozen=True, slots=True)
class AutomaticMessage:
    """One message about a ticket, wanted at an instant (now when None)."""

    ticket: Ticket
    message: Message
    wanted: datetime | None = None


@transaction.atomic
def plan_messages(sayings: Sequence[AutomaticMessage], *, at: datetime) -> dict[str, int]:
    """Plan them, or record in words why there is none; return the ids of the new ones, by key.

    Call it in the transaction of the cause (I4).
    """
    keys = [each.message.key for each in sayings]
    known = set(Outgoing.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [each for each in sayings if each.message.key not in known]
    if not fresh:
        return {}
    caps = Caps([each.message for each in fresh], at)
    rows = [_row(each, _verdict(each, caps), at) for each in fresh]
    ids = queue_all(rows)
    for row in rows:
        row.pk = ids[row.key]
    touchpoints = [
        build_touchpoint(ticket=each.ticket, outgoing=row, at=at)
        for each, row in zip(fresh, rows, strict=True)
    ]
    Touchpoint.objects.bulk_create(touchpoints, ignore_conflicts=True)
    for ticket in {each.ticket.pk: each.ticket for each in fresh if each.ticket.is_in_danger}.values():
        tell_by_voice(ticket, at)
    return ids


def _verdict(saying: AutomaticMessage, caps: Caps) -> Verdict:
    """Decide for one message; one that leaves later is checked again then: the danger may be over."""
    silence = "" if saying.wanted else why_silent(saying.ticket, saying.message.kind)
    return Verdict(refusal=silence) if silence else caps.verdict(saying.message, saying.wanted)


def _row(saying: AutomaticMessage, verdict: Verdict, at: datetime) -> Outgoing:
    message = saying.message
    if not verdict.refusal:
        delay = verdict.not_before - at if verdict.not_before else message.delay
        return row_of(replace(message, delay=delay), at)
    if verdict.asks_agent:
        ask_agent(saying.ticket, message, verdict.refusal, at)
    return row_of(message, at, state=Outgoing.State.REFUSED, reason=verdict.refusal[:300], ended_at=at)

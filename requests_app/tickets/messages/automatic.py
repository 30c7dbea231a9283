"""An automatic message about a ticket: queued or refused, and shown on the ticket either way."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, cancel, queue, refuse
from requests_app.tickets.messages.limits import may_auto_send
from requests_app.tickets.messages.silence import tell_by_voice, why_silent
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.todos import ask


@transaction.atomic
def plan_message(
    *,
    ticket: Ticket,
    message: Message,
    no_answer_reason: str = "",
    wanted: datetime | None = None,
    at: datetime,
) -> Outgoing:
    """Plan an automatic message for ``wanted`` (now when None), or record in words why there is none.

    A second one with the same key is the first one. Call it in the transaction of the cause (I4). When a cap
    of ours holds back what the person should get, an agent is asked to handle it (M11).
    """
    if known := Outgoing.objects.filter(key=message.key).first():
        return known
    silence = why_silent(ticket, message.kind)
    verdict = may_auto_send(
        recipient=message.recipient,
        kind=message.kind,
        no_answer_reason=silence or no_answer_reason,
        wanted=wanted,
        at=at,
    )
    if verdict.refusal:
        outgoing = refuse(message, reason=verdict.refusal, at=at)
        if verdict.asks_agent:
            ask_agent(ticket, message, verdict.refusal, at)
        elif silence:
            tell_by_voice(ticket, at)
    else:
        delay = verdict.not_before - at if verdict.not_before else message.delay
        outgoing, _is_new = queue(replace(message, delay=delay), at=at)
    show(ticket=ticket, outgoing=outgoing, at=at)
    return outgoing


def cancel_kind(ticket: Ticket, kind: str, *, reason: str, at: datetime) -> None:
    """Cancel messages of this kind that have not left yet."""
    for waiting in Outgoing.objects.filter(touchpoint__ticket=ticket, kind=kind, state=Outgoing.State.QUEUED):
        cancel(outgoing=waiting, reason=reason, at=at)


def ask_agent(
    ticket: Ticket, message: Message, why: str, at: datetime, *, words: str = "", key: str = ""
) -> None:
    """Ask an agent to handle what a cap of ours holds back from the person.

    ``words`` hold %(why)s; ``key`` names the task when it is not that of the message.
    """
    text = (words or _("Un message n’est pas parti. %(why)s")) % {"why": why}
    key = key or f"acknowledge:{message.key}"
    ask(ticket=ticket, kind=ToDo.Kind.ACKNOWLEDGE, text=text, key=key, at=at)


def show(*, ticket: Ticket, outgoing: Outgoing, at: datetime) -> None:
    """Add it to the thread of its ticket, with its delivery status."""
    build_touchpoint(ticket=ticket, outgoing=outgoing, at=at).save(force_insert=True)


def build_touchpoint(*, ticket: Ticket, outgoing: Outgoing, at: datetime) -> Touchpoint:
    """Return the same touchpoint, unsaved."""
    return Touchpoint(
        ticket=ticket,
        channel=outgoing.channel,
        direction=Touchpoint.Direction.OUT,
        occurred_at=at,
        recorded_at=at,
        sender=outgoing.recipient,
        subject=outgoing.payload.get("subject", ""),
        text=links.as_shown(outgoing.payload["text"]),
        outgoing=outgoing,
        facts=TouchpointFacts(kind=outgoing.kind),
    )

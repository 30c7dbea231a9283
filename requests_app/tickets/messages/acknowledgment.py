"""To every new ticket that came in writing by itself, one acknowledgment (CRPA, art. L112-3 and R112-11-1).

It never repeats the person's own words: a stranger cannot make us write to a victim (threats: M12).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from requests_app.channels.description import Channel, Medium
from requests_app.channels.outbound import Reply
from requests_app.channels.registry import channel_of
from requests_app.channels.ways_out import compose, outbound_of, way_out_for
from requests_app.lib import french, seals
from requests_app.lib.languages import speaking
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue, refuse
from requests_app.people.models import ContactPoint
from requests_app.routing.territory import Territory
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.messages import brief
from requests_app.tickets.messages.automatic import ask_agent, show
from requests_app.tickets.messages.identity import identity_of
from requests_app.tickets.messages.limits import may_auto_send
from requests_app.tickets.messages.service_identity import reachable, words_of
from requests_app.tickets.messages.silence import why_silent
from requests_app.tickets.models import Ticket

KIND = Outgoing.Kind.ACKNOWLEDGMENT
FOLLOW = "ticket"  # the purpose of the link: the page where the ticket stands
State = Outgoing.State


def acknowledge(
    ticket: Ticket, said: InboundMessage, *, point: ContactPoint | None, land: Territory, at: datetime
) -> Outgoing | None:
    """Queue the acknowledgment of a ticket born in this transaction, or keep the reason why there is none.

    ``point`` is the sender's, when it is known whose it is. None when the channel allows none: a message is
    answered by the way it came, the citizen's form by the one that was given.
    """
    way = _way_out(said)
    if way is None:
        return None
    recipient = said.sender_value
    why_not = str(said.facts.get("no_ack_reason", "")) if said.facts.get("no_ack") else ""
    why_not = why_silent(ticket, KIND) or why_not
    verdict = may_auto_send(recipient=recipient, kind=KIND, no_answer_reason=why_not, at=at)
    message = _message(ticket, said, way, point, land)
    if not verdict.refusal:
        links.link_for(message.key, FOLLOW, ticket.pk, at)
    if verdict.refusal:
        outgoing = refuse(message, reason=verdict.refusal, at=at)
        if verdict.asks_agent:
            key, words = manual_key(ticket), _("Aucun accusé de réception n’est parti. %(why)s")
            ask_agent(ticket, message, verdict.refusal, at, words=words, key=key)
    elif verdict.not_before:
        outgoing = _later(message, ticket, land, verdict.not_before, at)
    else:
        outgoing = queue(message, at=at, is_first=True)[0]
    show(ticket=ticket, outgoing=outgoing, at=at)
    return outgoing


def _way_out(said: InboundMessage) -> Channel | None:
    """Choose the way they wrote, where it is one; the contact they gave on a page of ours."""
    known = channel_of(said.channel)
    is_answered = known.is_open and known.medium in (Medium.MESSAGE, Medium.PAGE)
    return way_out_for(said.sender_kind, wrote_by=said.channel) if is_answered else None


def manual_key(ticket: Ticket) -> str:
    """Return what names the task of acknowledging a ticket by hand."""
    return f"acknowledge:{ticket.reference}"


def _message(
    ticket: Ticket, said: InboundMessage, way: Channel, point: ContactPoint | None, land: Territory
) -> Message:
    recipient, answers = said.sender_value, str(said.facts.get("message_id") or "")
    reply = Reply(
        ticket_id=ticket.pk,
        reference=ticket.reference,
        full=lambda: {**_words(ticket, [], land), "grouped": []},
        brief=lambda: _brief(ticket, land),
        answers=[answers] if answers else [],
    )
    return Message(
        key=f"{KIND}:{ticket.reference}:{recipient}:{way.key}",
        kind=KIND,
        channel=way.key,
        recipient=recipient,
        message_id=seals.new_message_id(ticket.reference),
        contact_point=point,
        payload=compose(way.key, reply).content,
    )


def _brief(ticket: Ticket, land: Territory) -> list[str]:
    who = identity_of(land.site_of.get(ticket.maison_id or 0))
    return brief.acknowledgments(
        ticket.reference,
        ticket.due_at,
        brief.phone_of(who.phone),
        links.PLACEHOLDER,
        received=ticket.received_at,
        language=ticket.language,
    )


def _words(ticket: Ticket, others: list[str], land: Territory) -> dict[str, Any]:
    who = reachable(identity_of(land.site_of.get(ticket.maison_id or 0)))
    with speaking(ticket.language):
        context = {
            "reference": ticket.reference,
            "received": french.moment(ticket.received_at),
            "due": french.day(ticket.due_at) if ticket.due_at else "",
            "others": ", ".join(others),
            "name": who.name,
            "address": who.address,
            "email": who.email,
            "phone": who.phone,
            "link": links.PLACEHOLDER,
        }
    return words_of(ticket, who, "messages/acknowledgment.txt", context)


def _later(message: Message, ticket: Ticket, land: Territory, not_before: datetime, at: datetime) -> Outgoing:
    """Delay a long message for those that follow; a brief one has no room for them."""
    out = outbound_of(message.channel)
    if out and not out.is_brief:
        return _group(message, ticket, land, not_before, at)
    return queue(replace(message, delay=not_before - at), at=at, is_first=True)[0]


def _group(message: Message, ticket: Ticket, land: Territory, not_before: datetime, at: datetime) -> Outgoing:
    """Make a second one within the hour wait; it names those that follow."""
    waiting = (
        Outgoing.objects.select_for_update()
        .filter(recipient=message.recipient, kind=KIND, state=State.QUEUED, try_after__gt=at)
        .order_by("pk")
        .first()
    )
    if waiting is None:
        return queue(replace(message, delay=not_before - at), at=at, is_first=True)[0]
    first = Ticket.objects.get(touchpoints__outgoing=waiting)
    others = [*waiting.payload["grouped"], ticket.reference]
    waiting.payload = {**waiting.payload, **_words(first, others, land), "grouped": others}
    waiting.save(update_fields=["payload"])
    reason = _("Regroupé avec l’accusé de réception de %(reference)s.") % {"reference": first.reference}
    return refuse(message, reason=reason, at=at, state=State.CANCELLED)


def rename(outgoing: Outgoing, tickets: Sequence[Ticket], *, land: Territory) -> None:
    """Write a grouped acknowledgment again for these tickets alone: the others have had their answer."""
    first, *others = tickets
    names = [ticket.reference for ticket in others]
    reply_to = seals.reply_address(first.reference)
    outgoing.payload |= {**_words(first, names, land), "grouped": names, "reply_to": reply_to}
    outgoing.save(update_fields=["payload"])
    links.lead_to(outgoing.key, first.pk)

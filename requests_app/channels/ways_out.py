"""By which channel somebody is written to: asked of what each channel says it reaches."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from requests_app.channels.description import Channel, Medium
from requests_app.channels.outbound import Address, Contact, Outbound, Payload, Reply
from requests_app.channels.registry import channel_of, channels
from requests_app.lib import phones
from requests_app.people.models import ContactPoint


def ways_out() -> list[Channel]:
    """Return the channels that words go out by, in the order of the lists."""
    return [channel for channel in channels() if channel.outbound is not None]


def outbound_of(key: str) -> Outbound[Any] | None:
    """Give the way out of a channel; None when nothing is sent by it."""
    return channel_of(key).outbound


def compose(key: str, reply: Reply) -> Payload:
    """Give a message the shape in which this channel sends it; refused in words where nothing is sent."""
    channel = channel_of(key)
    if channel.outbound is None:
        return Payload({}, why_not=str(channel.why_not_sent) or _("Choisissez à qui vous répondez."))
    return channel.outbound.compose(reply)


def brief_way_out() -> Outbound[Any] | None:
    """Give the first way out that carries few words: what is typed is counted for it."""
    return next((each.outbound for each in ways_out() if each.outbound and each.outbound.is_brief), None)


def keys_of_ways_out() -> list[str]:
    return [channel.key for channel in ways_out()]


def keys_writing_to(kind: str) -> list[str]:
    """Return the channels that write to contacts of this kind."""
    return [each.key for each in ways_out() if each.outbound and each.outbound.contact_kind == kind]


def address_of(written: str) -> Address:
    """Give the kind of an address as it is stored; "" when it is no e-mail, number or channel's own."""
    for each in ways_out():
        if each.outbound and each.outbound.owns(written):
            return Address(each.outbound.contact_kind, written)
    if "@" in written:
        return Address(ContactPoint.Kind.EMAIL, written)
    return Address(ContactPoint.Kind.PHONE if phones.is_number(written) else "", written)


def is_own_page(channel: str, address: str) -> bool:
    """Tell whether an address is that of a page of ours, on which the person reads and writes."""
    described = channel_of(channel)
    out = described.outbound
    return described.medium == Medium.PAGE and out is not None and out.owns(address)


def way_to(contact: Contact, *, wrote_by: str = "") -> Channel | None:
    """Choose the channel that reaches a contact: that of their own message first (``wrote_by``)."""
    return _first(lambda out: out.reaches(contact), wrote_by)


def way_out_for(kind: str, *, wrote_by: str = "") -> Channel | None:
    """Choose the channel that writes to contacts of this kind, whatever the contact."""
    return _first(lambda out: out.contact_kind == kind, wrote_by)


def _first(fits: Callable[[Outbound[Any]], bool], wrote_by: str) -> Channel | None:
    found = [channel for channel in ways_out() if channel.outbound and fits(channel.outbound)]
    return min(found, key=lambda channel: channel.key != wrote_by, default=None)


def channel_for(kind: str) -> str:
    """Return the key of the channel that writes to contacts of this kind; "" when none is open."""
    found = way_out_for(kind)
    return found.key if found else ""

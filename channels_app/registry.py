"""Key of a channel → its way in, its way out; requests_app/channels holds what each app registered."""

from datetime import datetime
from typing import cast

from channels_app.contract import (
    Exporting,
    Glancing,
    Inbound,
    Preview,
    RawMessage,
    Salvaging,
    Undeliverable,
    Unreadable,
)
from requests_app.channels import registry
from requests_app.channels.description import Channel
from requests_app.channels.outbound import Outbound, Payload, Reply
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage


def _inbounds() -> dict[str, Inbound]:
    return {
        each.key: cast(Inbound, each.inbound) for each in registry.list_channels() if each.inbound is not None
    }


def inbound_of(kind: str) -> Inbound:
    """Return the way in of a channel; KeyError when no app has registered it."""
    return _inbounds()[kind]


def kinds() -> list[str]:
    """Return the doors that are open, in the order of the settings’ apps."""
    return list(_inbounds())


def open_keys() -> list[str]:
    """Return the channels by which a message may stand in the outbox."""
    return [each.key for each in registry.list_channels() if each.is_open]


def outbound_of(key: str) -> Outbound[Outgoing]:
    """Give the way out of a channel, one that refuses where nothing is sent; KeyError when unknown."""
    channel = {each.key: each for each in registry.list_channels()}[key]
    return channel.outbound or NoWayOut(channel)


class NoWayOut(Outbound[Outgoing]):
    """Stand for the way out of a channel that has none: what was put there by mistake is refused."""

    contact_kind = ""
    most_resends = 0
    reminder_place = None

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def compose(self, reply: Reply) -> Payload:
        return Payload({}, why_not=str(self.channel.why_not_sent))

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        raise Undeliverable(self.channel.why_not_sent)

    def was_accepted(self, outgoing: Outgoing) -> bool:
        return False


def glance_at(kind: str, arrived: RawMessage) -> Preview | None:
    """Return what a raw input says in words; None when its channel cannot tell, or is closed."""
    inbound = _inbounds().get(kind)
    return inbound.glance(arrived) if isinstance(inbound, Glancing) else None


def salvage_from(kind: str, arrived: RawMessage, *, is_brief: bool = False) -> InboundMessage | None:
    """Return what can be read of an input that became no ticket; None when its channel reads nothing."""
    inbound = _inbounds().get(kind)
    if not isinstance(inbound, Salvaging):
        return None
    try:
        return inbound.salvage(arrived, is_brief=is_brief)
    except Unreadable:
        return None


def exporter_of(kind: str) -> Exporting | None:
    """Return the channel that tells its arrivals in a shape of its own; None when the common one does."""
    inbound = _inbounds().get(kind)
    return inbound if isinstance(inbound, Exporting) else None

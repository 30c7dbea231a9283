"""What we tell people about their data, by the channel they used (GDPR, articles 12 to 14)."""

from dataclasses import dataclass

from requests_app.channels.description import Channel, Medium
from requests_app.channels.registry import channels


@dataclass(frozen=True, slots=True)
class Notice:
    """One channel: what we store of it, beside the ticket itself."""

    channel: str
    text: str


def notices() -> list[Notice]:
    """Return one for each channel, open or not; these pages first."""
    ordered = sorted(channels(), key=lambda channel: channel.medium != Medium.PAGE)
    return [Notice(each.key, text) for each in ordered if (text := _text(each))]


def _text(channel: Channel) -> str:
    return channel.notice() if callable(channel.notice) else str(channel.notice)

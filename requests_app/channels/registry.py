"""Key of a channel → its description; each channel's app registers its own at start, and nobody else's."""

from django.utils.translation import gettext_lazy as _

from requests_app.channels.description import Channel, Medium
from requests_app.lib.registry import Registry

UNKNOWN = Channel(key="", label=_("Canal inconnu"), icon="question-circle", css="slate")

CHANNELS: Registry[str, Channel] = Registry("channel")


def register(channel: Channel) -> None:
    """Add a channel; a second one under the same key is an error."""
    CHANNELS.register(channel.key, channel)


def unregister(key: str) -> None:
    """Take a channel out: its rows stay, and show as those of an unknown one."""
    CHANNELS.unregister(key)


def list_channels() -> list[Channel]:
    """Return every channel, in the order in which they were registered."""
    return list(CHANNELS.values())


def channels() -> list[Channel]:
    """Return every channel, in the order of the lists that people read."""
    return sorted(CHANNELS.values(), key=lambda channel: channel.place)


def keys() -> list[str]:
    """Return the values that a stored row may hold, in the order of the lists."""
    return [channel.key for channel in channels()]


def choices() -> list[tuple[str, str]]:
    """Return keys and labels, for a field of a model."""
    return [(channel.key, str(channel.label)) for channel in channels()]


def keys_of(*media: Medium) -> list[str]:
    """Return the keys of the channels that carry words so."""
    return [channel.key for channel in channels() if channel.medium in media]


def key_of(medium: Medium) -> str:
    """Return the channel under which we note what we did so ourselves: a letter posted, a call made."""
    return next(iter(keys_of(medium)), "")


def channel_of(key: str) -> Channel:
    """Give the channel of a stored row; one that no app registers any more is an unknown one."""
    return CHANNELS.get(str(key), UNKNOWN)


def label_of(key: str) -> str:
    return str(channel_of(key).label)


def is_open(key: str) -> bool:
    """Tell whether words come in or go out by it: pages offer no other."""
    return channel_of(key).is_open

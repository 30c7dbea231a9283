"""From what a door kept to the mail itself."""

from typing import Any

from channels_app.mail.oversized import why_not_whole
from channels_app.mail.parsing import Unreadable
from channels_app.mail.webhooks.parcels import SHAPE, Malformed
from channels_app.mail.webhooks.providers import PROVIDERS
from channels_app.mail.webhooks.writing import written


def whole_mail(raw: bytes, facts: dict[str, Any]) -> bytes:
    """The RFC 822 bytes of an arrival, put together when a provider gave pieces; raises Unreadable."""
    if reason := why_not_whole(facts):
        raise Unreadable(reason)
    provider = PROVIDERS.get(facts.get(SHAPE, ""))
    if provider is None:
        return raw
    try:
        parcel = provider.parcel(raw)
    except Malformed as error:
        raise Unreadable(str(error)) from error
    return written(parcel) if parcel.mime is None else parcel.mime

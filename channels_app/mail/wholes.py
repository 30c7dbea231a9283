"""From the stored bytes to the mail itself."""

import re
from typing import Any

from channels_app.mail.oversize import why_not_whole
from channels_app.mail.parsing import Unreadable
from channels_app.mail.webhooks.parcels import SHAPE, Malformed
from channels_app.mail.webhooks.providers import PROVIDERS
from channels_app.mail.webhooks.writing import write_mail

RETURN_PATH = "return_path"  # fact of an arrival: the envelope sender given to the door, "" when empty

PATH = re.compile(r"[^\s<>]{0,320}")


def whole_mail(raw: bytes, facts: dict[str, Any]) -> bytes:
    """Return the RFC 822 bytes of an arrival, put together when a provider sent pieces; raises Unreadable."""
    whole, path = _put_together(raw, facts), facts.get(RETURN_PATH)
    # Who delivers writes the envelope sender above the header (RFC 5321, 4.4): empty, or that of a list, it
    # says that nothing must answer.
    is_told = isinstance(path, str) and PATH.fullmatch(path)
    return f"Return-Path: <{path}>\r\n".encode() + whole.lstrip() if is_told else whole


def _put_together(raw: bytes, facts: dict[str, Any]) -> bytes:
    if reason := why_not_whole(facts):
        raise Unreadable(reason)
    provider = PROVIDERS.get(facts.get(SHAPE, ""))
    if provider is None:
        return raw
    try:
        parcel = provider.parcel(raw)
    except Malformed as error:
        raise Unreadable(str(error)) from error
    return write_mail(parcel) if parcel.mime is None else parcel.mime

"""A call becomes an arrival before anyone understands it (threats: I1, I3, M01)."""

import hashlib
from contextlib import nullcontext
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import transaction

from channels_app.intake import services as intake
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.models import UsedToken
from channels_app.mail.oversized import TOO_BIG, head_of
from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.parcels import SHAPE, Malformed, Parcel
from channels_app.mail.webhooks.providers import Provider
from channels_app.mail.webhooks.writing import written_head
from requests_app.tickets.models import Channel

BIG = 1024 * 1024  # read, then written, such a mail stands in memory several times: one at a time
_turn_of_big = Lock()
MOST_FORGOTTEN = 100  # old tokens, at each call


def keep(provider: Provider, body: Body, token: str, *, at: datetime) -> None:
    """Keep one call for good; a token that has already let one in lets nothing in (mail.md, trap 24)."""
    with _turn_of_big if body.size > BIG else nullcontext(), transaction.atomic():
        if not token or _is_new(token, at):
            _store(provider, body, at)


def _store(provider: Provider, body: Body, at: datetime) -> None:
    mailboxes.refresh_when_old()
    try:
        parcel = provider.parcel(body.data, is_cut=not body.is_whole)
    except Malformed:  # kept all the same: the worker says why it cannot be read
        parcel = Parcel(recipients=())
    raw, facts, key = _wrapped(provider, body, parcel)
    if parcel.return_path is not None:
        facts["return_path"] = parcel.return_path
    address = mailboxes.first_of_ours(parcel.recipients)
    intake.store(
        channel=Channel.Kind.MAIL,
        address=address,
        raw=raw,
        source=f"webhook:{provider.name}",
        at=at,
        key=f"{address} {key}" if key else "",
        facts=facts,
    )


def _wrapped(provider: Provider, body: Body, parcel: Parcel) -> tuple[bytes, dict[str, object], str]:
    """The bytes to keep, what they do not say, and the key that names them when they do not."""
    size = len(parcel.mime or b"") if body.is_whole else body.size
    if size > settings.MAIL_MAX_BYTES:
        head = head_of(parcel.mime or written_head(parcel))
        return head, {TOO_BIG: size}, f"{size} {hashlib.sha256(head or body.data).hexdigest()}"
    if parcel.mime is not None:
        return parcel.mime, {}, ""
    return body.data, {SHAPE: provider.name}, parcel.key


def _is_new(token: str, at: datetime) -> bool:
    """Note a token; the same one at the same instant waits here for the end of the first."""
    old = UsedToken.objects.outlived(at).select_for_update(skip_locked=True).values("pk")
    UsedToken.objects.filter(pk__in=old[:MOST_FORGOTTEN]).delete()
    digest = hashlib.sha256(token.encode()).hexdigest()
    _row, is_new = UsedToken.objects.get_or_create(digest=digest, defaults={"used_at": at})
    return is_new

"""A call becomes an arrival before it is parsed (threats: I1, I3, M01)."""

import hashlib
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import transaction

from channels_app.intake import services as intake
from channels_app.mail.envelopes import path_of
from channels_app.mail.key import KEY
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.models import UsedToken
from channels_app.mail.oversize import TOO_BIG, head_of
from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.parcels import SHAPE, Forbidden, Malformed, Parcel
from channels_app.mail.webhooks.providers import Provider
from channels_app.mail.webhooks.writing import written_head
from requests_app.lib.failpoints import failpoint

BIG = 1024 * 1024  # read, then written, such a mail is in memory several times: one at a time
_turn_of_big = Lock()
MAX_FORGOTTEN = 100  # old tokens deleted, per call


def wait_turn(body: Body) -> AbstractContextManager[object]:
    """Wait for the other big mails of this process."""
    return _turn_of_big if body.size > BIG else nullcontext()


def store_call(provider: Provider, body: Body, token: str, *, at: datetime) -> None:
    """Store one call; raises Forbidden.

    A token is valid once: with the same content again it is a repeat, with another one somebody copied
    it (mail.md, trap 24).
    """
    new = _arrival(provider, body)
    with transaction.atomic():
        if not token or _is_new(token, at):
            failpoint("webhook.before_store")
            intake.store(**new, at=at)
        elif intake.find_stored(channel=new["channel"], key=new["key"]) is None:
            raise Forbidden
    failpoint("webhook.after_store")


def _arrival(provider: Provider, body: Body) -> dict[str, Any]:
    """Return what to store of a call, as the arguments of `intake.store`."""
    mailboxes.refresh_when_old()
    try:
        parcel = provider.parcel(body.data, is_cut=not body.is_whole)
    except Malformed:  # stored all the same: the worker says why it cannot be read
        parcel = Parcel(recipients=())
    raw, facts, key = _wrap(provider, body, parcel)
    if parcel.return_path is not None:
        facts["return_path"] = path_of(parcel.return_path)
    address = mailboxes.first_of_ours(parcel.recipients)
    return {
        "channel": KEY,
        "address": address,
        "raw": raw,
        "source": f"webhook:{provider.name}",
        "key": f"{address} {key or hashlib.sha256(raw).hexdigest()}",
        "facts": facts,
    }


def _wrap(provider: Provider, body: Body, parcel: Parcel) -> tuple[bytes, dict[str, object], str]:
    """Return the bytes to store, the facts they do not say, and the key if they do not identify the mail."""
    size = len(parcel.mime or b"") if body.is_whole else body.size
    if size > settings.MAIL_MAX_BYTES:
        head = head_of(parcel.mime or written_head(parcel))
        return head, {TOO_BIG: size}, f"{size} {hashlib.sha256(head or body.data).hexdigest()}"
    if parcel.mime is not None:
        return parcel.mime, {}, ""
    return body.data, {SHAPE: provider.name}, parcel.key


def _is_new(token: str, at: datetime) -> bool:
    """Store a token; a concurrent call with the same one waits here for the end of the first."""
    old = UsedToken.objects.outlived(at).select_for_update(skip_locked=True).values("pk")
    UsedToken.objects.filter(pk__in=old[:MAX_FORGOTTEN]).delete()
    digest = hashlib.sha256(token.encode()).hexdigest()
    _row, is_new = UsedToken.objects.get_or_create(digest=digest, defaults={"used_at": at})
    return is_new

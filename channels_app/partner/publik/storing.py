"""One request of a portal, one ticket; other words under the same number join it (threats: I3, N05)."""

from datetime import datetime

from django.db import transaction

from channels_app.intake import services as intake
from channels_app.intake.models import ArrivalRaw
from channels_app.intake.services.storing import key_of_words, store_unqueued
from channels_app.partner.key import KEY
from channels_app.partner.models import UsedSignature
from channels_app.partner.publik.formdata import words_of
from channels_app.partner.publik.parsing import FIRST, PORTAL
from channels_app.partner.publik.signing import Forbidden, Signed
from requests_app.lib.failpoints import failpoint

SOURCE = "publik"
MAX_FORGOTTEN = 200


def store_request(raw: bytes, signed: Signed, *, at: datetime) -> tuple[int, bool]:
    """Store the bytes of a call; return its arrival, and whether it is new. Raises Forbidden.

    A signature is accepted once; the same call again, as a network repeats it, changes nothing.
    """
    failpoint("partner.before_store")
    foreign, words = words_of(raw)
    key = request_key(signed.orig, foreign) if foreign else ""
    with transaction.atomic():
        is_new_signature = use_signature(signed.digest, at)
        first = intake.find_stored(channel=KEY, key=key) if key else None
        if first is not None and _words_of(first) != words:
            key = key_of_words(key, words)
        if not is_new_signature and (not key or intake.find_stored(channel=KEY, key=key) is None):
            raise Forbidden
        facts = {PORTAL: signed.orig, **({FIRST: first} if first is not None else {})}
        stored = store_unqueued(channel=KEY, address="", raw=raw, source=SOURCE, at=at, key=key, facts=facts)
    failpoint("partner.after_store")
    return stored.arrival_id, stored.is_new


def request_key(portal: str, foreign: str) -> str:
    """Return the key under which a request of a portal is stored."""
    return f"publik {portal} {foreign}"


def use_signature(digest: str, at: datetime) -> bool:
    """Store a signature; False when it was used. Those too old to be accepted are deleted."""
    old = UsedSignature.objects.old(at).select_for_update(skip_locked=True).values("pk")
    UsedSignature.objects.filter(pk__in=old[:MAX_FORGOTTEN]).delete()
    _row, is_new = UsedSignature.objects.get_or_create(digest=digest, defaults={"used_at": at})
    return is_new


def _words_of(arrival_id: int) -> object:
    row = ArrivalRaw.objects.select_related("held_by").filter(pk=arrival_id).first()
    return words_of(row.content)[1] if row else ""

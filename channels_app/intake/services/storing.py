import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from channels_app.intake.models import Arrival
from requests_app.lib.enqueue import enqueue


@dataclass(frozen=True, slots=True)
class Stored:
    """The arrival's id, and whether this call created it: a repeat changes nothing (I3)."""

    arrival_id: int
    is_new: bool


# One statement, which commits by itself: the arrival and its bytes, or nothing when the key is known.
STORE = """
WITH born AS (
  INSERT INTO intake_arrival (channel, address, source, key, meaning, raw_sha256, size, received_at,
                              state, reason, attempts, try_after, facts)
  VALUES (%(channel)s, %(address)s, %(source)s, %(key)s, '', %(sha)s, %(size)s, %(at)s,
          'pending', '', 0, %(at)s, %(facts)s)
  ON CONFLICT (key) DO NOTHING RETURNING id
), kept AS (
  INSERT INTO intake_arrivalraw (arrival_id, data, held_by_id) SELECT id, %(raw)s, (
    SELECT coalesce(held_by_id, arrival_id) FROM intake_arrivalraw WHERE arrival_id = %(same_as)s
  ) FROM born
)
SELECT id, true FROM born
UNION ALL SELECT id, false FROM intake_arrival WHERE key = %(key)s
"""
KNOWN = "SELECT id, false FROM intake_arrival WHERE key = %s"


def store(
    *,
    channel: str,
    address: str,
    raw: bytes,
    source: str,
    at: datetime,
    key: str = "",
    facts: dict[str, Any] | None = None,
) -> Stored:
    """Store a raw message, then enqueue its processing; the caller may say « received » once it returns.

    ``key`` is the sender's idempotency key; without one, our address and the bytes identify the message.
    ``facts`` is what the channel knows and the bytes do not say. Inside a transaction, it is stored and
    enqueued when that one commits.
    """
    stored = store_unqueued(
        channel=channel, address=address, raw=raw, source=source, at=at, key=key, facts=facts
    )
    if stored.is_new:
        enqueue("intake.process", arrival_id=stored.arrival_id)
    return stored


def store_unqueued(
    *,
    channel: str,
    address: str,
    raw: bytes,
    source: str,
    at: datetime,
    key: str = "",
    facts: dict[str, Any] | None = None,
    same_as: int | None = None,
) -> Stored:
    """Store a raw message without enqueueing: for a channel that answers first and enqueues next.

    ``same_as`` is an arrival that holds the same bytes: they are not stored again (threats: N13).
    """
    sha = hashlib.sha256(raw).hexdigest()
    unique = _unique(channel, key or f"{address.lower()} {sha}")
    values: dict[str, Any] = {
        "channel": channel,
        "address": address[:254],
        "source": source,
        "key": unique,
        "sha": sha,
        "size": len(raw),
        "at": at,
        "raw": raw if same_as is None else None,
        "same_as": same_as,
        "facts": json.dumps(facts or {}),
    }
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        row = cursor.fetchone()
        if row is None:  # another transaction committed the same key meanwhile, unseen by our snapshot
            cursor.execute(KNOWN, [unique])
            row = cursor.fetchone()
    return Stored(arrival_id=row[0], is_new=row[1])


def key_of_words(key: str, *words: object) -> str:
    """Return a key made of the form's key and the text (threats: N05).

    The same text under the same key is one message, whoever is first; another text is a second one.
    """
    plain = json.dumps(words, default=str, sort_keys=True)
    return f"{key} {hashlib.sha256(plain.encode()).hexdigest()}"


def find_stored(*, channel: str, key: str) -> int | None:
    """Return the arrival already stored for this key: a repeat is recognised before it is read."""
    return Arrival.objects.filter(key=_unique(channel, key)).values_list("pk", flat=True).first()


def filter_stored(*, channel: str, keys: Iterable[str]) -> set[str]:
    """Return those of these idempotency keys whose message is stored already; one statement."""
    wanted = {_unique(channel, key): key for key in keys}
    known = Arrival.objects.filter(key__in=wanted).values_list("key", flat=True)
    return {wanted[unique] for unique in known}


def _unique(channel: str, key: str) -> str:
    return hashlib.sha256(f"{channel}\n{key}".encode()).hexdigest()

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from requests_app.lib.wake import wake


@dataclass(frozen=True, slots=True)
class Stored:
    """The arrival's id, and whether this call made it: a repeat changes nothing (I3)."""

    arrival_id: int
    is_new: bool


# One statement, so that a door commits once: the arrival and its bytes, or nothing when the key is known.
STORE = """
WITH born AS (
  INSERT INTO intake_arrival (channel, address, source, key, meaning, raw_sha256, size, received_at,
                              state, reason, attempts, try_after, facts)
  VALUES (%(channel)s, %(address)s, %(source)s, %(key)s, '', %(sha)s, %(size)s, %(at)s,
          'pending', '', 0, %(at)s, '{}')
  ON CONFLICT (key) DO NOTHING RETURNING id
), kept AS (
  INSERT INTO intake_arrivalraw (arrival_id, data) SELECT id, %(raw)s FROM born
)
SELECT id, true FROM born
UNION ALL SELECT id, false FROM intake_arrival WHERE key = %(key)s
"""


def store(*, channel: str, address: str, raw: bytes, source: str, at: datetime, key: str = "") -> Stored:
    """Keep a raw input for good, then ring for it; the caller may say « received » once it returns.

    ``key`` is the sender's idempotency key; without one, our address and the bytes name the input.
    """
    sha = hashlib.sha256(raw).hexdigest()
    unique = hashlib.sha256(f"{channel}\n{key or f'{address.lower()} {sha}'}".encode()).hexdigest()
    values = {
        "channel": channel,
        "address": address[:254],
        "source": source,
        "key": unique,
        "sha": sha,
        "size": len(raw),
        "at": at,
        "raw": raw,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(STORE, values)
            row = cursor.fetchone()
            if row is None:  # another door committed the same key meanwhile, unseen by our snapshot
                cursor.execute("SELECT id, false FROM intake_arrival WHERE key = %s", [unique])
                row = cursor.fetchone()
        if row[1]:
            wake("intake.hear", arrival_id=row[0])
    return Stored(arrival_id=row[0], is_new=row[1])

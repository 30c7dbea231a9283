"""One request, one effect, however often it is sent (draft-ietf-httpapi-idempotency-key-header).

The answer is written in the transaction of what it answers: a server that dies in between has done
nothing, and the next try does it. Two at once: a lock of the key tells the second one to come back.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from requests_app.api.models import StoredAnswer
from requests_app.api.problems import Problem
from requests_app.api_keys.models import ApiKey
from requests_app.lib.failpoints import failpoint

KEPT_FOR = timedelta(hours=48)
HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MAX_LENGTH = 255
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a program is told; ``location`` is the path of what was made."""

    status: int
    body: Any
    location: str = ""
    is_replayed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is recognised when it comes again; without ``idempotency_key`` it never is."""

    key: ApiKey
    idempotency_key: str
    method: str
    path: str
    raw: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.method} {self.path}\n".encode() + self.raw).hexdigest()


def do_once(asked: Asked, act: Callable[[], Reply], *, at: datetime) -> Reply:
    """Act, or give the answer again that was given to the same request."""
    with transaction.atomic():
        if not asked.idempotency_key:
            return act()
        if not _lock(asked):
            raise Problem("in-progress", headers={"Retry-After": "1"})
        if stored := _find(asked, at):
            return _replay(asked, stored)
        reply = act()
        _store(asked, reply, at)
        failpoint("api.before_commit")
    return reply


def refuse_other_use(asked: Asked, *, at: datetime) -> None:
    """Refuse a key that served for another request, before anything of this one is stored.

    What waits for its turn would become a ticket by itself, after its program was told no. Outside a
    transaction the lock ends with its statement: it only tells whether the key is in use now.
    """
    if not asked.idempotency_key:
        return
    if not _lock(asked):
        raise Problem("in-progress", headers={"Retry-After": "1"})
    if stored := _find(asked, at):
        _replay(asked, stored)


def purge_answers(*, at: datetime) -> int:
    """Delete the answers of more than two days; return how many."""
    return StoredAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def _lock(asked: Asked) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"gru.api:{asked.key.pk}:{asked.idempotency_key}"])
        return bool(cursor.fetchone()[0])


def _find(asked: Asked, at: datetime) -> StoredAnswer | None:
    same = StoredAnswer.objects.filter(key=asked.key, idempotency_key=asked.idempotency_key)
    stored: StoredAnswer | None = same.first()
    if stored and stored.at < at - KEPT_FOR:
        stored.delete()
        return None
    return stored


def _replay(asked: Asked, stored: StoredAnswer) -> Reply:
    if stored.asked != asked.fingerprint:
        raise Problem("idempotency-key-reused")
    return Reply(stored.status, stored.body, stored.location, is_replayed=True)


def _store(asked: Asked, reply: Reply, at: datetime) -> None:
    StoredAnswer.objects.create(
        key=asked.key,
        idempotency_key=asked.idempotency_key,
        asked=asked.fingerprint,
        status=reply.status,
        location=reply.location,
        body=reply.body,
        at=at,
    )

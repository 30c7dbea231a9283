"""One request of a program, one arrival: known by its number there, else by the key of the call (I3)."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.intake.services import process_stored
from channels_app.intake.services.storing import store_unqueued
from channels_app.partner.api.parsing import BROUGHT_BY, HOME, PROGRAM
from channels_app.partner.key import KEY
from requests_app.api_keys.models import ApiKey
from requests_app.lib.failpoints import failpoint

SOURCE = "api"


@dataclass(frozen=True, slots=True)
class Brought:
    """The arrival of a call; ``is_same`` unless other words came before under the same number or key."""

    arrival_id: int
    is_same: bool


def store_call(body: dict[str, Any], *, key: ApiKey, idempotency_key: str, at: datetime) -> Brought:
    """Store a call that the door has understood; a repeat finds what the first one stored."""
    failpoint("partner.before_store")
    raw = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    facts: dict[str, Any] = {BROUGHT_BY: key.pk, PROGRAM: key.name}
    if len(key.maison_ids) == 1:
        facts[HOME] = key.maison_ids[0]
    unique = _unique(body, key, idempotency_key)
    stored = store_unqueued(channel=KEY, address="", raw=raw, source=SOURCE, at=at, key=unique, facts=facts)
    failpoint("partner.after_store")
    return Brought(stored.arrival_id, stored.is_new or _raw_of(stored.arrival_id) == raw)


def process_call(arrival_id: int, *, at: datetime) -> Arrival:
    """Process it in this call, and return it with its ticket when it has one."""
    process_stored(arrival_id=arrival_id, source=SOURCE, at=at)
    return Arrival.objects.select_related("touchpoint__ticket").get(pk=arrival_id)


def find_call(arrival_id: int, *, key: ApiKey) -> Arrival | None:
    """Return an arrival that this key brought."""
    ours = Arrival.objects.filter(channel=KEY, source=SOURCE, facts__contains={BROUGHT_BY: key.pk})
    return ours.select_related("touchpoint__ticket").filter(pk=arrival_id).first()


def _unique(body: dict[str, Any], key: ApiKey, idempotency_key: str) -> str:
    if number := body.get("external_id"):
        return f"api {key.pk} number {number}"
    return f"api {key.pk} call {idempotency_key or uuid.uuid4()}"


def _raw_of(arrival_id: int) -> bytes:
    row = ArrivalRaw.objects.select_related("held_by").filter(pk=arrival_id).first()
    return row.content if row else b""

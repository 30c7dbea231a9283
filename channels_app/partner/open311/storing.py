"""One report, one ticket, however often a client sends it again (threats: I3)."""

import hashlib
from datetime import datetime, timedelta

from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.intake.services import find_stored, store_and_process
from channels_app.partner.key import KEY
from channels_app.partner.open311.parsing import SERVICE

SOURCE = "open311"
RETRIED_WITHIN = timedelta(hours=1)  # the same words tomorrow are another report, not right after midnight


def store_report(*, form: bytes, service_code: str, key_id: int, at: datetime) -> int:
    """Store a form without its key, process it, and return its arrival.

    The standard has no idempotency key: the same form from the same program on the same day is one report.
    """
    before = _key(form, key_id, at - RETRIED_WITHIN)
    today = _key(form, key_id, at)
    key = before if before != today and find_stored(channel=KEY, key=before) else today
    facts = {SERVICE: service_code}
    return store_and_process(channel=KEY, raw=form, source=SOURCE, key=key, at=at, facts=facts)


def find_report(arrival_id: int) -> Arrival | None:
    """Return an arrival of this door, with the ticket that it became."""
    ours = Arrival.objects.filter(channel=KEY, source=SOURCE, pk=arrival_id)
    return ours.select_related("touchpoint__ticket").first()


def _key(form: bytes, key_id: int, at: datetime) -> str:
    return f"open311 {key_id} {timezone.localdate(at)} {hashlib.sha256(form).hexdigest()}"

"""For channels whose visitor waits for the outcome: stored first, processed in the same HTTP request."""

import logging
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError

from channels_app.intake.services.processing import process
from channels_app.intake.services.storing import store_unqueued
from requests_app.lib.failpoints import failpoint

logger = logging.getLogger(__name__)


def store_and_process(
    *, channel: str, raw: bytes, source: str, key: str, at: datetime, facts: dict[str, Any] | None = None
) -> int:
    """Store a message once per key, process it, and return its arrival (I1, I3).

    No task is enqueued: this request processes it, and the sweep finishes what fails here.
    """
    failpoint("form.before_store")
    stored = store_unqueued(channel=channel, address="", raw=raw, source=source, at=at, key=key, facts=facts)
    process_stored(arrival_id=stored.arrival_id, source=source, at=at)
    return stored.arrival_id


def process_stored(*, arrival_id: int, source: str, at: datetime) -> None:
    """Process in this request what a form has just stored."""
    failpoint("form.after_store")
    try:
        process(arrival_id=arrival_id, at=at)
    except (OperationalError, InterfaceError):
        logger.warning("intake: arrival %s stored by %s, not heard yet", arrival_id, source)
    failpoint("form.before_answer")

"""Sender, subject and first words of what became no ticket: stored once, so that lists read no bytes."""

import logging
from typing import Any

from channels_app.contract import WORDS, RawMessage
from channels_app.intake.models import Arrival
from channels_app.intake.raw_view import inert
from channels_app.registry import salvage_from

logger = logging.getLogger(__name__)

SENDER, SUBJECT = "from", "subject"
MAX_LENGTH = 200
READ = 4 * MAX_LENGTH


def add_glimpse(arrival: Arrival, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of an arrival that ends without a ticket, with what its row in a list shows."""
    known = {**arrival.facts, **facts}
    read = _read(arrival) if not known.get(WORDS) or not known.get(SENDER) or SUBJECT not in known else {}
    glimpse = {name: _clip(known.get(name) or read.get(name)) for name in (SUBJECT, WORDS)}
    return {**known, **glimpse, SENDER: known.get(SENDER) or _clip(read.get(SENDER)) or None}


def remember_glimpse(arrival: Arrival) -> None:
    """Store it for an arrival that has just ended without it."""
    unchanged = Arrival.objects.filter(pk=arrival.pk, state=arrival.state, ended_at=arrival.ended_at)
    unchanged.update(facts=add_glimpse(arrival, {}))


def _read(arrival: Arrival) -> dict[str, str]:
    """Read what its channel can at little cost; nothing when that fails: the arrival must still end."""
    raw = arrival.raw.content
    arrived = RawMessage(arrival.pk, arrival.address, raw, arrival.received_at, arrival.facts)
    try:
        said = salvage_from(arrival.channel, arrived, is_brief=True)
    except Exception as error:  # the quarantine is the one place for unforeseen errors
        logger.error("intake: no glimpse of arrival %s: %s", arrival.pk, type(error).__name__)
        return {}
    if said is None:
        return {}
    sender = said.sender_value or said.sender_name
    return {SENDER: sender, SUBJECT: said.subject, WORDS: said.reply_text or said.text}


def _clip(words: str | None) -> str:
    return " ".join(inert((words or "")[:READ]).split())[:MAX_LENGTH]

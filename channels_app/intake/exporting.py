"""What became of every arrival of a channel, as plain data for other programs."""

from collections.abc import Iterator
from typing import Any

from channels_app.contract import RawMessage
from channels_app.intake.models import Arrival
from channels_app.registry import exporter_of, salvage_from
from requests_app.people.plain import person_as_plain
from requests_app.tickets.models import Touchpoint

AT_ONCE = 200


def export(channel: str) -> Iterator[dict[str, Any]]:
    """Yield one object per arrival, oldest first, in any state; in the channel's own format if it has one."""
    exporter = exporter_of(channel)
    return exporter.export() if exporter else _arrivals_of(channel)


def _arrivals_of(channel: str) -> Iterator[dict[str, Any]]:
    arrivals = (
        Arrival.objects.filter(channel=channel)
        .select_related("touchpoint__ticket__person")
        .prefetch_related("touchpoint__ticket__person__contact_points")
        .order_by("pk")
    )
    for arrival in arrivals.iterator(chunk_size=AT_ONCE):
        words = _touchpoint_fields(arrival.touchpoint) if arrival.touchpoint else _salvage_fields(arrival)
        yield {
            "arrival": arrival.pk,
            "state": arrival.state,
            "reason": arrival.reason,
            **words,
            "from": arrival.facts.get("from") or words["from"] or None,
            "keyword": arrival.facts.get("keyword"),
        }


def _touchpoint_fields(touchpoint: Touchpoint) -> dict[str, Any]:
    return {
        "from": touchpoint.sender,
        "text": touchpoint.text,
        "ticket": touchpoint.ticket.reference,
        "person": person_as_plain(touchpoint.ticket.person),
    }


def _salvage_fields(arrival: Arrival) -> dict[str, Any]:
    """Return what can be read of the bytes of an arrival without a ticket."""
    raw = arrival.raw.content
    arrived = RawMessage(arrival.pk, arrival.address, raw, arrival.received_at, arrival.facts)
    said = salvage_from(arrival.channel, arrived, is_brief=True)
    sender = (said.sender_value or said.sender_name) if said else ""
    return {"from": sender, "text": said.text if said else "", "ticket": None, "person": None}

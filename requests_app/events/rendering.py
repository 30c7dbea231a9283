"""An event as it is told outside, the same pulled and pushed: ids only (docs/events.md)."""

from datetime import UTC, datetime
from typing import Any

from requests_app.events.models import DomainEvent


def event_as_plain(event: DomainEvent, *, hides_person: bool, hides_into: bool = False) -> dict[str, Any]:
    """Return ``{id, type, timestamp, data}``; ``hides_person`` where row A03 hides who it is.

    ``hides_into`` where the ticket that it was merged into is out of the reader's scope.
    """
    return {
        "id": event.public_id,
        "type": event.kind,
        "timestamp": instant(event.at),
        "data": _data_of(event, hides_person=hides_person, hides_into=hides_into),
    }


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _data_of(event: DomainEvent, *, hides_person: bool, hides_into: bool) -> dict[str, Any]:
    if event.kind.startswith("person."):
        into = {"into": event.into_person_id} if event.into_person_id else {}
        return {"person": event.person_id, **into}
    found: dict[str, Any] = {"ticket": event.ticket}
    if event.into_ticket and not hides_into:
        found["into"] = event.into_ticket
    if event.appointment_id:
        found["appointment"] = event.appointment_id
    found["person"] = None if hides_person else event.person_id
    found["maison"] = event.maison.code if event.maison else None
    return found

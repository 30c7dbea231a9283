"""Public view of requests: state, dates and location, never the author."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.partner.open311.parsing import LOCATION
from requests_app.open311.errors import Refusal
from requests_app.open311.filters import CLOSED, MAX_REQUESTS, OPEN, Filters
from requests_app.open311.rendering import Content, Value
from requests_app.open311.services import public_topics
from requests_app.tickets.models import Outcome, State, Ticket, Touchpoint
from requests_app.tickets.references import normalise

DECIMALS = 4  # some ten metres
COLUMNS = ("reference", "state", "received_at", "closed_at", "due_at", "changed_at", "place")


def list_requests(filters: Filters) -> Content:
    """Return the requests asked for, the newest first; as many statements for a thousand as for one."""
    if filters.references:
        named = filter(None, map(normalise, filters.references))
        return _show_all(_public_tickets().filter(reference__in=list(named)))
    tickets = _public_tickets().filter(received_at__gte=filters.start, received_at__lte=filters.end)
    if filters.codes:
        _require_services(filters.codes)
        tickets = tickets.filter(topic__code__in=filters.codes)
    if OPEN not in filters.statuses:
        tickets = tickets.filter(state=State.CLOSED)
    elif CLOSED not in filters.statuses:
        tickets = tickets.exclude(state=State.CLOSED)
    return _show_all(tickets)


def read_request(reference: str) -> Content:
    """Return one request; raises the 404 of one that does not exist, or is not public."""
    found = _show_all(_public_tickets().filter(reference=normalise(reference)))
    if not found.value:
        raise Refusal(404, _("Ce « service_request_id » n’existe pas."))
    return found


def _public_tickets() -> QuerySet[Ticket]:
    """Return the tickets of public topics; those that danger, the archive or an agent took out are not."""
    public = Ticket.objects.filter(topic__is_public=True, is_sensitive=False, archived_at=None)
    return public.exclude(outcome=Outcome.UNWANTED)


def _require_services(codes: Any) -> None:
    known = set(public_topics().filter(code__in=codes).values_list("code", flat=True))
    if set(codes) - known:
        raise Refusal(404, _("Ce « service_code » n’existe pas."))


def _show_all(tickets: QuerySet[Ticket]) -> Content:
    located = Touchpoint.objects.filter(ticket=OuterRef("pk"), facts__has_key=LOCATION).order_by("pk")
    rows = tickets.annotate(
        place=Subquery(located.values(f"facts__{LOCATION}")[:1]),
        changed_at=Greatest(F("received_at"), F("waiting_since"), F("answered_at")),
    )
    ordered = rows.order_by("-received_at", "-pk").values(*COLUMNS, "topic__code", "topic__label")
    return Content("service_requests", [dict(_show(row)) for row in ordered[:MAX_REQUESTS]])


def _show(row: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    """Yield the fields of the standard; those of the person's own words are always empty."""
    is_closed, place = row["state"] == State.CLOSED, row["place"] or {}
    yield "service_request_id", row["reference"]
    yield "status", CLOSED if is_closed else OPEN
    yield "status_notes", None
    yield "service_name", row["topic__label"]
    yield "service_code", row["topic__code"]
    yield "description", None
    yield "agency_responsible", None
    yield "service_notice", None
    yield "requested_datetime", _w3(row["received_at"])
    yield "updated_datetime", _w3(row["closed_at"] or row["changed_at"])
    yield "expected_datetime", _w3(row["due_at"])
    yield from ((name, None) for name in ("address", "address_id", "zipcode"))
    yield from ((name, _round(place.get(name))) for name in ("lat", "long"))
    yield "media_url", None


def _w3(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _round(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, DECIMALS)

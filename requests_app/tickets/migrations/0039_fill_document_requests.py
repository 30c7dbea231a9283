"""Give a row to each request for documents that the columns of tickets hold, so that clocks count the same."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Q

PARIS = ZoneInfo("Europe/Paris")


def fill(apps: Any, schema_editor: Any) -> None:
    tickets = apps.get_model("tickets", "Ticket").objects.filter(document_requests=None)
    asked = tickets.filter(Q(papers_asked_at__isnull=False) | Q(papers_complete_at__isnull=False))
    model = apps.get_model("tickets", "DocumentRequest")
    rows = (model(ticket=ticket, **values) for ticket in asked.iterator(1000) for values in _requests(ticket))
    model.objects.bulk_create(rows, batch_size=1000)


def _requests(ticket: Any) -> Iterator[dict[str, Any]]:
    """Count the days that were waited from the reception: no later request can share them."""
    if ticket.papers_complete_at or ticket.papers_waited_days:
        until = _day(ticket.received_at) + timedelta(days=ticket.papers_waited_days)
        came = ticket.papers_complete_at or ticket.papers_asked_at
        asked_at = min(ticket.received_at, came)
        yield {"asked_at": asked_at, "until": until, "arrived_at": came}
    if ticket.papers_asked_at and ticket.papers_until:
        documents, asked_at = ticket.missing_papers, ticket.papers_asked_at
        yield {"documents": documents, "asked_at": asked_at, "until": ticket.papers_until}


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


class Migration(migrations.Migration):
    dependencies = [("tickets", "0038_document_requests")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

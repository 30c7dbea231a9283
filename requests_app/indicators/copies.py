"""Exports of the statistics that may leave: months, places, topics and channels, no person (P06)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.channels.registry import choices
from requests_app.indicators.apart import is_told_apart
from requests_app.indicators.grouping import NO_PERSON, Cell, Row, cells_of
from requests_app.lib.months import first_of_month
from requests_app.maisons.models import Maison
from requests_app.people.models import Person
from requests_app.tickets.deadlines import midnight
from requests_app.tickets.models import Ticket

COLUMNS = 4


def header() -> list[str]:
    return [_("Mois"), _("Lieu"), _("Motif"), _("Canal"), _("Demandes, à cinq près")]


def anonymised_rows(*, at: datetime) -> list[list[str]]:
    """Return the export's rows for past months; four statements."""
    return [_as_text(cell) for cell in cells_of(_rows(at), columns=COLUMNS)]


def _as_text(cell: Cell) -> list[str]:
    return [*(_("Autres") if value is None else value for value in cell.path), str(cell.count)]


def _rows(at: datetime) -> Iterator[Row]:
    topics = {topic.pk: topic.label for topic in Topic.objects.all() if is_told_apart(topic)}
    places = {maison.pk: str(maison) for maison in Maison.objects.all()}
    records = _records()
    reserved, nowhere = _("Motif réservé, autre ou à choisir"), _("Sans lieu")
    labels = dict(choices())
    for month, place, topic, channel, is_sensitive, person, count in _count_by_month(at):
        topic_label = reserved if is_sensitive else topics.get(topic, reserved)
        path = (f"{month:%Y-%m}", places.get(place, nowhere), topic_label, labels.get(channel, channel))
        yield Row(path, _record_of(person, records), count)


def _count_by_month(at: datetime) -> Iterator[tuple[datetime, int, int, str, bool, int, int]]:
    """Yield tickets of past months only."""
    end = midnight(first_of_month(timezone.localdate(at)))
    rows = Ticket.objects.filter(received_at__lt=end).annotate(month=TruncMonth("received_at"))
    columns = ("month", "maison", "topic", "channel", "is_sensitive", "person")
    counted = rows.values(*columns).annotate(count=Count("pk")).values_list(*columns, "count")
    return iter(counted.order_by().iterator(chunk_size=5000))


def _records() -> dict[int, int]:
    """Return where each merged record leads, since two records of one person are one person."""
    merged = Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")
    return {pk: above for pk, above in merged if above is not None}


def _record_of(person: int | None, records: dict[int, int]) -> int:
    seen = set()
    while person in records and person not in seen:
        seen.add(person)
        person = records[person]
    return person or NO_PERSON

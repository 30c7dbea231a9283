"""The rows of a batch of invented tickets, copied table by table in the order of their keys."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from channels_app.intake.models import Arrival, ArrivalRaw
from requests_app.feedback.models import FeltExperience
from requests_app.lib.copying import copy_rows
from requests_app.people.models import ContactPoint, Person
from requests_app.routing.models import RoutingDecision
from requests_app.tickets.models import Event, Note, Ticket, Touchpoint
from requests_app.visits.models import Visit

Row = dict[str, Any]
ORDER: tuple[type[Model], ...] = (
    Person,
    ContactPoint,
    RoutingDecision,
    Ticket,
    Touchpoint,
    Arrival,
    ArrivalRaw,
    Event,
    Note,
    Visit,
    FeltExperience,
)


@dataclass
class Batch:
    """Rows waiting to be copied; a table's rows all have the same columns."""

    rows: dict[type[Model], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Model], **values: Any) -> None:
        self.rows.setdefault(model, []).append(values)

    @transaction.atomic
    def copy(self) -> None:
        """Write everything, or nothing."""
        for model in ORDER:
            if rows := self.rows.get(model):
                columns = list(rows[0])
                copy_rows(model, columns, ([row[c] for c in columns] for row in rows))
        self.rows.clear()

"""Tickets listed and read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.fields import ChoiceField, InstantField, TextField
from requests_app.api.known_codes import require_known
from requests_app.api.pages import ListView, PageQuery
from requests_app.api.tickets.opening import TicketView
from requests_app.api.tickets.rows import BESIDE, join_columns, show_tickets
from requests_app.api.tickets.shapes import TicketOut, TicketRow
from requests_app.api.tickets.showing import show_ticket
from requests_app.tickets.models import State, Ticket

COLUMNS = {
    "state": "state",
    "maison": "maison__code",
    "created_after": "received_at__gte",
    "created_before": "received_at__lt",
    "topic": "topic__code",
    "channel": "channel",
    "person": "person_id",
    "external_id": "external_id",
}
ASKED_OF_ALL = {"state", "maison", "created_after", "created_before"}  # another filter would tell (A02, A03)


class TicketQuery(PageQuery):
    """Which tickets."""

    state = ChoiceField(State.choices, required=False)
    maison = TextField(required=False, max_length=20)
    topic = TextField(required=False, max_length=50)
    channel = TextField(required=False, max_length=10)
    person = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    external_id = TextField(required=False, max_length=100)
    created_after = InstantField(required=False, help_text=_("À cet instant ou après."))
    created_before = InstantField(required=False, help_text=_("Avant cet instant."))


class TicketList(ListView):
    """List the tickets of the key's Maisons and topics, newest first."""

    resource, Query, Out = "tickets", TicketQuery, TicketRow

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        asked = {name: self.asked[name] for name in COLUMNS if name in self.asked}
        require_known(asked, self.scope)
        tickets = Ticket.objects.within(self.scope)
        if not ASKED_OF_ALL.issuperset(asked):
            tickets = tickets.filter(self.scope.readable_q())
        named = {COLUMNS[name]: value for name, value in asked.items()}
        return join_columns(tickets.filter(**named), self.scope)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return show_tickets(rows, self.scope, members=BESIDE if self.chosen is None else self.chosen)


class TicketDetail(TicketView):
    """Read one ticket."""

    Out = TicketOut

    def get(self, request: Request, reference: str) -> Response:
        ticket = self.open_ticket(reference)
        return self.answer(self.pick(show_ticket(ticket, self.scope, at=self.now)))

"""A request that a program brings: stored first, then understood in the same call."""

from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.intake.models import Arrival
from channels_app.intake.services import has_opened
from channels_app.partner.api.storing import Brought, find_call, process_call, store_call
from requests_app.access.scope import Scope
from requests_app.api.idempotency import Reply
from requests_app.api.problems import Problem, invalid
from requests_app.api.tickets.bodies import TicketIn
from requests_app.api.tickets.reading import TicketList
from requests_app.api.tickets.shapes import TicketOut
from requests_app.api.tickets.showing import show_again
from requests_app.api.views import ActionView, ApiView
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.tickets.models import Ticket


class ArrivalOut(serializers.Serializer):
    """Where a request is before it is a ticket."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(Arrival.State.choices)
    ticket = serializers.CharField(allow_null=True)


class Tickets(TicketList, ActionView):
    """List the tickets of the key's Maisons and topics, newest first."""

    In, created, stores_first = TicketIn, 201, True
    answers: ClassVar[dict[str, Any]] = {"POST": {201: TicketOut, 202: ArrivalOut}}

    def prepare(self, data: dict[str, Any], **kwargs: Any) -> None:
        body = self._complete(_as_json(data))
        self.brought: Brought = store_call(
            body, key=self.key, idempotency_key=self.idempotency_key, at=self.now
        )

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Bring a request: 201 with its ticket, or 202 with its arrival when understanding it waits."""
        if not self.brought.is_same:
            raise self._other_words(data)
        arrival = process_call(self.brought.arrival_id, at=self.now)
        ticket = find_ticket(arrival, self.scope)
        if ticket is None:
            place = reverse("api:arrival", kwargs={"pk": arrival.pk})
            return Reply(202, show_arrival(arrival, None), location=place)
        place = reverse("api:ticket", kwargs={"reference": ticket.reference})
        return Reply(201, show_again(ticket, self.scope, at=self.now), location=place)

    def _complete(self, body: dict[str, Any]) -> dict[str, Any]:
        """Check the codes within what the key covers, and add the topic of a key that has one."""
        if code := body.get("maison"):
            places = self.scope.listed_places
            pk = Maison.objects.current().filter(code=code).values_list("pk", flat=True).first()
            if pk is None or not places.covers(pk):
                raise invalid("#/maison", _("Cette Maison n’existe pas pour votre clé."))
        known = Topic.objects.filter(is_active=True)
        if self.scope.topics is not None:
            known = known.filter(pk__in=self.scope.topics)
            if "topic" not in body and len(self.scope.topics) == 1:
                body["topic"] = known.values_list("code", flat=True).first() or ""
        if "topic" in body and not known.filter(code=body["topic"]).exists():
            raise invalid("#/topic", _("Ce sujet n’existe pas pour votre clé."))
        if "topic" not in body and self.scope.topics is not None:
            raise invalid("#/topic", _("Votre clé demande un sujet : choisissez-en un."))
        return body

    def _other_words(self, data: dict[str, Any]) -> Problem:
        if "external_id" not in data:
            return Problem("idempotency-key-reused")
        first = find_call(self.brought.arrival_id, key=self.key)
        ticket = find_ticket(first, self.scope) if first else None
        detail = _("Ce « external_id » désigne déjà une autre demande de votre logiciel.")
        return Problem("conflict", detail, ticket=ticket.reference if ticket else None)


class ArrivalDetail(ApiView):
    """Read where a request that was answered 202 is now."""

    resource, Out = "tickets", ArrivalOut

    def get(self, request: Request, pk: int) -> Response:
        arrival = find_call(pk, key=self.key)
        if arrival is None:
            raise Http404
        return self.answer(self.pick(show_arrival(arrival, find_ticket(arrival, self.scope))))


def _as_json(data: dict[str, Any]) -> dict[str, Any]:
    """Return what was checked, as it is stored: nobody checked the length of the spaces around it."""
    if "occurred_at" not in data:
        return dict(data)
    return {**data, "occurred_at": data["occurred_at"].isoformat()}


def find_ticket(arrival: Arrival, scope: Scope) -> Ticket | None:
    """Return the ticket of an arrival; not one that somebody else opened with these words elsewhere (W09)."""
    ticket = arrival.touchpoint.ticket if arrival.touchpoint else None
    if ticket is None or has_opened(arrival.pk, ticket):
        return ticket
    return Ticket.objects.within(scope).filter(pk=ticket.pk).first()


def show_arrival(arrival: Arrival, ticket: Ticket | None) -> dict[str, Any]:
    return {"id": arrival.pk, "state": arrival.state, "ticket": ticket.reference if ticket else None}

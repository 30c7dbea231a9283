"""The log of events, read in its order."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.fields import StrictSerializer, TextField
from requests_app.api.problems import MEDIA_TYPE, Problem, invalid_parameter
from requests_app.api.schema import ProblemSerializer
from requests_app.api.views import ApiView
from requests_app.events.cursors import Purged, read_after
from requests_app.events.services import place_all
from requests_app.webhooks.services.choosing import events_for, show_events

DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
PURGED: dict[Any, Any] = {(410, MEDIA_TYPE): ProblemSerializer}  # what follows the cursor is no longer stored


class EventQuery(StrictSerializer):
    """Where to begin, and how many."""

    after = TextField(
        required=False,
        max_length=40,
        help_text=gettext_lazy("Ce que « after » contenait la dernière fois, ou l’id d’un évènement."),
    )
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MAX_LIMIT, default=DEFAULT_LIMIT)


class EventData(serializers.Serializer):
    """The ids of what it is about; those that its type does not concern are absent."""

    ticket = serializers.CharField(required=False)
    into = serializers.JSONField(required=False)
    person = serializers.IntegerField(required=False, allow_null=True)
    appointment = serializers.IntegerField(required=False)
    maison = serializers.CharField(required=False, allow_null=True)


class EventOut(serializers.Serializer):
    """One event: ids only."""

    id = serializers.CharField()
    type = serializers.CharField()
    timestamp = serializers.DateTimeField()
    data = EventData()  # type: ignore[assignment]


class EventPage(serializers.Serializer):
    """Some events in their order; ``after`` goes into the next call, also when nothing came."""

    results = EventOut(many=True)
    after = serializers.CharField()
    more = serializers.BooleanField()


class EventList(ApiView):
    """Read the events that follow a cursor, in an order that never changes."""

    resource, Query, Out = "events", EventQuery, EventOut
    answers = {"GET": {200: EventPage, **PURGED}}

    def get(self, request: Request) -> Response:
        head = place_all()
        after, limit = self._position(head), self.asked["limit"]
        rows = events_for(self.key).after(after).filter(position__lte=head)
        found = list(rows[: limit + 1])
        shown, has_more = found[:limit], len(found) > limit
        last = shown[-1].position if has_more else head
        results = [self.pick(row) for row in show_events(shown, self.key)]
        return self.answer({"results": results, "after": str(last), "more": has_more})

    def _position(self, head: int) -> int:
        """Return the position to begin after; without one, before the oldest event stored."""
        if "after" not in self.asked:
            return 0
        try:
            position = read_after(self.asked["after"], head=head)
        except Purged:
            raise Problem("events-purged") from None
        if position is None:
            raise invalid_parameter("after", _("Reprenez « after » tel que nous l’avons donné."))
        return position

"""What a program does with its subscription: test, change the secret, resume, replay, read what came back."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from requests_app.api.events import PURGED, EventOut
from requests_app.api.fields import StrictSerializer, TextField
from requests_app.api.idempotency import Reply
from requests_app.api.pages import ListView
from requests_app.api.problems import Problem, invalid
from requests_app.api.subscriptions.shapes import (
    DeliveryOut,
    SubscriptionOut,
    SubscriptionWithSecret,
    show_delivery,
    show_subscription,
)
from requests_app.api.subscriptions.subscribing import MEMBER, SubscriptionAction, SubscriptionView
from requests_app.events.cursors import Purged, read_after
from requests_app.events.rendering import instant
from requests_app.events.services import place_all
from requests_app.webhooks import services
from requests_app.webhooks.secrets import seal


class Nothing(StrictSerializer):
    """An empty body."""


class TestView(SubscriptionAction):
    """Send a test."""

    In, Out, created = Nothing, None, 202
    answers = {"POST": {202: EventOut}}

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Push an event of type `test`, out of turn, once."""
        single = services.send_test(subscription=self.find(kwargs["pk"]), at=self.now)
        body = {"id": single.public_id, "type": "test", "timestamp": instant(single.asked_at), "data": {}}
        return Reply(202, body)


class RotateView(SubscriptionAction):
    """Change the secret."""

    In, Out = Nothing, SubscriptionWithSecret

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Make a new secret; the old one signs too for 24 hours."""
        row = self.find(kwargs["pk"])
        secret = services.rotate(subscription=row, at=self.now)
        return Reply(200, {**show_subscription(row), MEMBER: seal(secret)})


class ResumeView(SubscriptionAction):
    """Take up a paused subscription."""

    In, Out = Nothing, SubscriptionOut

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Push again where it stopped, at once."""
        row = self.find(kwargs["pk"])
        services.resume(subscription=row)
        return Reply(200, show_subscription(row))


class ReplayIn(StrictSerializer):
    """Where to begin again."""

    after = TextField(max_length=40)


class ReplayView(SubscriptionAction):
    """Push again what was pushed."""

    In, Out = ReplayIn, SubscriptionOut
    answers = {"POST": {200: SubscriptionOut, **PURGED}}

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Push again all that follows `after`: a cursor of `events/`, or the id of an event."""
        row = self.find(kwargs["pk"])
        services.replay(subscription=row, after=self._position(data["after"]))
        return Reply(200, show_subscription(row))

    def _position(self, written: str) -> int:
        try:
            position = read_after(written, head=place_all())
        except Purged:
            raise Problem("events-purged") from None
        if position is None:
            raise invalid("#/after", _("Reprenez « after » tel que nous l’avons donné."))
        return position


class DeliveryList(SubscriptionView, ListView):
    """List the last hundred pushes of a subscription, newest first."""

    Out = DeliveryOut

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        return self.find(self.kwargs["pk"]).deliveries.all()

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [show_delivery(row) for row in rows]

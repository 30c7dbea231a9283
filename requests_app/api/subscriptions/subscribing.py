"""Subscriptions of a key, which sees its own alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.etags import require_match
from requests_app.api.idempotency import Reply
from requests_app.api.pages import ListView
from requests_app.api.subscriptions.shapes import (
    SubscriptionIn,
    SubscriptionOut,
    SubscriptionWithSecret,
    show_subscription,
)
from requests_app.api.views import ActionView, ApiView
from requests_app.webhooks import services
from requests_app.webhooks.models import Subscription
from requests_app.webhooks.secrets import seal, unseal

MEMBER = "secret"  # shown once


class SubscriptionView(ApiView):
    """An address of subscriptions."""

    resource = "subscriptions"

    def own(self) -> "QuerySet[Subscription]":
        return Subscription.objects.filter(key=self.key)

    def find(self, pk: int) -> Subscription:
        """Return a subscription of this key; another key's does not exist."""
        found = self.own().filter(pk=pk).first()
        if found is None:
            raise self.not_found()
        return found

    def answer(
        self, content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Decrypt a secret just before it leaves: stored answers hold it encrypted."""
        if isinstance(content, dict) and MEMBER in content:
            content = {**content, MEMBER: unseal(content[MEMBER])}
        return super().answer(content, status=status, headers=headers)


class SubscriptionAction(SubscriptionView, ActionView):
    """An address that takes POST."""

    def post(self, request: Request, **kwargs: Any) -> Response:
        """Look for the subscription first: of another key's, nothing is told."""
        if "pk" in kwargs:
            self.find(kwargs["pk"])
        return super().post(request, **kwargs)


class SubscriptionList(SubscriptionAction, ListView):
    """List the subscriptions of this key."""

    In, Out, created = SubscriptionIn, SubscriptionOut, 201
    answers = {"POST": {201: SubscriptionWithSecret}}

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        return self.own()

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [show_subscription(row) for row in rows]

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Subscribe to events from the present on. The secret is shown in this answer alone."""
        row, secret = services.subscribe(key=self.key, **data, at=self.now)
        place = reverse("api:subscription", args=[row.pk])
        return Reply(201, {**show_subscription(row), MEMBER: seal(secret)}, place)


class SubscriptionDetail(SubscriptionView):
    """Read, change or delete one subscription."""

    In, Out = SubscriptionIn, SubscriptionOut

    def get(self, request: Request, pk: int) -> Response:
        """Read one subscription."""
        return self.answer(self.pick(show_subscription(self.find(pk))))

    def patch(self, request: Request, pk: int) -> Response:
        """Change what is given; the rest stays."""
        self.find(pk)
        changes = self.read(SubscriptionIn, partial=True)
        with transaction.atomic():
            row = self._find_unchanged(pk)
            services.change_subscription(subscription=row, **changes)
        return self.answer(show_subscription(row))

    def delete(self, request: Request, pk: int) -> Response:
        """Delete a subscription with its deliveries."""
        with transaction.atomic():
            self._find_unchanged(pk).delete()
        return Response(status=204)

    def _find_unchanged(self, pk: int) -> Subscription:
        """Lock a subscription; raises the 412 of a program that read another state of it."""
        row = self.own().select_for_update().filter(pk=pk).first()
        if row is None:
            raise self.not_found()
        require_match(self.request.headers.get("If-Match"), show_subscription(row))
        return row

"""Maisons and topics, by the codes that every other resource uses."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.api.pages import ListView
from requests_app.api.views import ApiView
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison


class MaisonOut(serializers.Serializer):
    """A Maison that is open, or was."""

    code = serializers.CharField()
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.ChoiceField(Maison.Kind.choices)
    address = serializers.CharField()
    postal_code = serializers.CharField()
    insee = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    opening_hours = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)


class TopicOut(serializers.Serializer):
    """An entry of the catalog."""

    code = serializers.CharField()
    theme = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()
    action = serializers.ChoiceField(Topic.Action.choices)
    competent_body = serializers.CharField()
    delay_days = serializers.IntegerField(allow_null=True)
    is_public = serializers.BooleanField()
    is_active = serializers.BooleanField()


class MaisonView(ApiView):
    """Maisons of the key."""

    resource, Out = "maisons", MaisonOut

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        places = self.scope.listed_places
        own = Q() if places.everywhere else Q(pk__in=places.maisons)
        return Maison.objects.filter(own).select_related("commune")


class MaisonList(MaisonView, ListView):
    """List the Maisons of the key."""

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [_show_maison(row) for row in rows]


class MaisonDetail(MaisonView):
    """Read one Maison."""

    def get(self, request: Request, code: str) -> Response:
        return self.answer(self.pick(_show_maison(_find(self.rows(), code))))


class TopicView(ApiView):
    """Topics of the key."""

    resource, Out = "topics", TopicOut

    def rows(self, **kwargs: Any) -> "QuerySet[Any]":
        topics = self.scope.topics
        return Topic.objects.all() if topics is None else Topic.objects.filter(pk__in=topics)


class TopicList(TopicView, ListView):
    """List the topics of the key."""

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return [_show_topic(row) for row in rows]


class TopicDetail(TopicView):
    """Read one topic."""

    def get(self, request: Request, code: str) -> Response:
        return self.answer(self.pick(_show_topic(_find(self.rows(), code))))


def _find(rows: "QuerySet[Any]", code: str) -> Any:
    row = rows.filter(code=code).first()
    if row is None:
        raise Http404
    return row


def _show_maison(row: Maison) -> dict[str, Any]:
    names = ("code", "name", "label", "kind", "address", "postal_code", "phone", "email", "opening_hours")
    shown: dict[str, Any] = {name: getattr(row, name) for name in names}
    closed_on = row.closed_on.isoformat() if row.closed_on else None
    return {
        **shown,
        "insee": row.commune.insee_code,
        "lat": row.lat,
        "lon": row.lon,
        "closed_on": closed_on,
    }


def _show_topic(row: Topic) -> dict[str, Any]:
    names = ("code", "theme", "label", "description", "action", "competent_body", "delay_days")
    flags = {"is_public": row.is_public, "is_active": row.is_active}
    return {**{name: getattr(row, name) for name in names}, **flags}

"""The managers' statistics: topics that protect people are never told apart (threats: A02, A03, P06)."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.access.audit_log import Kind, log_access
from requests_app.api.fields import ChoiceField, StrictSerializer, TextField
from requests_app.api.problems import invalid_parameter
from requests_app.api.tickets.rows import instant
from requests_app.api.views import ApiView
from requests_app.catalog.models import Topic
from requests_app.channels.registry import keys
from requests_app.indicators.apart import told_apart
from requests_app.indicators.delays import PARIS, percentile
from requests_app.indicators.periods import CHOICES, DEFAULT, Period, period_of, previous_period
from requests_app.indicators.reading import read
from requests_app.indicators.statistics import Statistics
from requests_app.indicators.where import where_of
from requests_app.routing.territory import Territory, current
from requests_app.tickets.selectors.counts import FEW
from requests_app.www.dashboards.topics import group_by_topic


class IndicatorsQuery(StrictSerializer):
    """Where, of what, and when."""

    maison = TextField(required=False, max_length=20)
    topic = TextField(required=False, max_length=50)
    period = ChoiceField([(code, choice.label) for code, choice in CHOICES.items()], default=DEFAULT)


class DayOut(serializers.Serializer):
    """One day."""

    day = serializers.DateField()
    received = serializers.IntegerField()
    closed = serializers.IntegerField()
    answered = serializers.IntegerField()


class ChannelOut(serializers.Serializer):
    """One channel; delays of the first answer, in working days."""

    channel = serializers.CharField()
    received = serializers.IntegerField()
    median_days = serializers.FloatField(allow_null=True)
    ninetieth_days = serializers.FloatField(allow_null=True)


class TopicCountOut(serializers.Serializer):
    """One topic that may be told apart."""

    topic = serializers.CharField()
    received = serializers.IntegerField()


class TogetherOut(serializers.Serializer):
    """Every other topic together, null under five; ``reserved`` says about how many protect people."""

    received = serializers.IntegerField(allow_null=True)
    reserved = serializers.CharField()


class IndicatorsOut(serializers.Serializer):
    """The statistics of one period; what waits is as of now."""

    maison = serializers.CharField(allow_null=True)
    topic = serializers.CharField(allow_null=True)
    period = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    computed_at = serializers.DateTimeField(allow_null=True)
    received = serializers.IntegerField()
    closed = serializers.IntegerField()
    answered = serializers.IntegerField()
    waiting = serializers.IntegerField()
    late = serializers.IntegerField()
    median_days = serializers.FloatField(allow_null=True)
    ninetieth_days = serializers.FloatField(allow_null=True)
    days = DayOut(many=True)
    channels = ChannelOut(many=True)
    topics = TopicCountOut(many=True)
    together = TogetherOut(allow_null=True)


class IndicatorsView(ApiView):
    """Statistics of the key's Maisons."""

    resource, Query, Out = "indicators", IndicatorsQuery, IndicatorsOut

    def get(self, request: Request) -> Response:
        """Read the statistics of a period, as the managers of these Maisons read them; it is logged."""
        land = current()
        maison_id, topic = self._read_maison(land), self._read_topic(land)
        choice = CHOICES[self.asked["period"]]
        period = period_of(choice, _day_of(self.now))
        where = where_of(self.scope, maison_id, topic.pk if topic else None)
        statistics = read(where, period, previous_period(period, choice), now=self.now)
        why = " ".join(["api", choice.code, *([topic.code] if topic else [])])
        log_access(user=self.agent, kind=Kind.EXPORT, subject_id=maison_id or 0, at=self.now, why=why)
        asked = {"maison": self.asked.get("maison"), "topic": self.asked.get("topic"), "period": choice.code}
        shown = {**asked, **_show_totals(statistics, period), **_show_parts(statistics, period, land)}
        return self.answer(self.pick(shown))

    def _read_maison(self, land: Territory) -> int | None:
        """Return a Maison of the key; None for all of them."""
        code = self.asked.get("maison")
        if code is None:
            return None
        site = land.sites.get(code)
        if site is None or not self.scope.can_see(site.pk):
            raise invalid_parameter("maison", _("La clé ne voit aucun lieu de ce code."))
        return site.pk

    def _read_topic(self, land: Territory) -> Topic | None:
        """Return a topic that may be told apart; a key of some topics reads the statistics of one of them."""
        code, held = self.asked.get("topic"), self.scope.topics
        if code is None:
            if held is not None:
                raise invalid_parameter("topic", _("Cette clé lit un sujet à la fois : nommez-le."))
            return None
        topic = told_apart(land.topics).get(code)
        if topic is None or (held is not None and topic.pk not in held):
            raise invalid_parameter("topic", _("Ce sujet n’est pas compté à part, ou la clé ne le voit pas."))
        return topic


def _day_of(now: datetime) -> date:
    return now.astimezone(PARIS).date()


def _show_totals(statistics: Statistics, period: Period) -> dict[str, Any]:
    total, delays = statistics.total(period.days), statistics.delays[""]
    places = statistics.places.values()
    return {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "computed_at": instant(statistics.rolled_at),
        "received": total.received,
        "closed": total.closed,
        "answered": total.answered,
        "waiting": sum(place.waiting for place in places),
        "late": sum(place.late for place in places),
        "median_days": percentile(delays, 0.5),
        "ninetieth_days": percentile(delays, 0.9),
    }


def _show_parts(statistics: Statistics, period: Period, land: Territory) -> dict[str, Any]:
    grouped = group_by_topic(statistics, {topic.pk: topic for topic in land.topics.values()})
    together = grouped.together.count.figure if grouped.together else 0
    hidden = {"received": together if together >= FEW else None, "reserved": grouped.reserved}
    return {
        "days": [_show_day(statistics, day) for day in period.days],
        "channels": [_show_channel(statistics, code) for code in keys() if statistics.channels.get(code)],
        "topics": [{"topic": each.code, "received": each.count.figure} for each in grouped.apart],
        "together": hidden if grouped.together else None,
    }


def _show_day(statistics: Statistics, day: date) -> dict[str, Any]:
    one = statistics.total([day])
    return {
        "day": day.isoformat(),
        "received": one.received,
        "closed": one.closed,
        "answered": one.answered,
    }


def _show_channel(statistics: Statistics, code: str) -> dict[str, Any]:
    delays = statistics.delays.get(code) or {}
    return {
        "channel": code,
        "received": statistics.channels[code],
        "median_days": percentile(delays, 0.5),
        "ninetieth_days": percentile(delays, 0.9),
    }

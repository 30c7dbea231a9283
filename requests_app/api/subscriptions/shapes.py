"""A subscription as programs write and read it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests_app.api.fields import ShortListField, StrictSerializer, TextField
from requests_app.events.rendering import instant
from requests_app.lib.refusals import Refused
from requests_app.webhooks.addresses import check_url
from requests_app.webhooks.models import Delivery, Subscription
from requests_app.webhooks.types import KNOWN, unknown_among

MAX_TYPES = 30


@extend_schema_field({"type": "string", "enum": list(KNOWN)})
class TypeField(TextField):
    """The kind of an event, a family of kinds (``ticket.*``), or all of them (``*``)."""

    def to_internal_value(self, data: Any) -> str:
        written = super().to_internal_value(data)
        if unknown_among([written]):
            raise serializers.ValidationError(_("Ce type d’évènement n’existe pas."))
        return written


@extend_schema_field({"type": "string", "format": "uri", "maxLength": 500})
class AddressField(TextField):
    """A web address that a push may reach (threats: W08)."""

    def to_internal_value(self, data: Any) -> str:
        written = super().to_internal_value(data)
        try:
            check_url(written)
        except Refused as refusal:
            raise serializers.ValidationError(str(refusal)) from None
        return written


class MailField(TextField, serializers.EmailField):
    """The e-mail address of the people who maintain the receiver."""


class SubscriptionIn(StrictSerializer):
    """What to push, and where."""

    name = TextField(max_length=80)
    url = AddressField(max_length=500, help_text=gettext_lazy("L’adresse qui reçoit les évènements."))
    types = ShortListField(child=TypeField(max_length=30), min_length=1, max_length=MAX_TYPES)
    contact = MailField(max_length=254, help_text=gettext_lazy("Prévenu quand l’abonnement passe en pause."))


class SubscriptionOut(serializers.Serializer):
    """A subscription; ``tries`` and ``next_try_at`` are those of the next event."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    types = serializers.ListField(child=serializers.CharField())
    contact = serializers.CharField()
    state = serializers.ChoiceField(Subscription.State.choices)
    tries = serializers.IntegerField()
    next_try_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_blank=True)


class SubscriptionWithSecret(SubscriptionOut):
    """The same with its secret, which is shown this once."""

    secret = serializers.CharField()


class DeliveryOut(serializers.Serializer):
    """One push: what we sent, what came back."""

    id = serializers.IntegerField()
    event = serializers.CharField()
    type = serializers.CharField()
    sent_at = serializers.DateTimeField()
    request = serializers.CharField()
    status = serializers.IntegerField(allow_null=True)
    response = serializers.CharField(allow_blank=True)
    error = serializers.CharField(allow_blank=True)
    duration_ms = serializers.IntegerField()


def show_subscription(row: Subscription) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "url": row.url,
        "types": row.types,
        "contact": row.contact,
        "state": row.state,
        "tries": row.tries,
        "next_try_at": instant(row.next_try_at) if row.next_try_at else None,
        "last_error": row.last_error,
    }


def show_delivery(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.pk,
        "event": row.event_id,
        "type": row.kind,
        "sent_at": instant(row.at),
        "request": row.body,
        "status": row.status,
        "response": row.answer,
        "error": row.error,
        "duration_ms": row.took_ms,
    }

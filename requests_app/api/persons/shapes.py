"""The shape of a person, found or read."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from requests_app.api.fields import ChoiceField, StrictSerializer, TextField
from requests_app.people.models import ContactPoint


class PersonRow(serializers.Serializer):
    """Who was found: enough to recognise them, no more (row A05). The phone is masked."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    birth_year = serializers.IntegerField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    open_tickets = serializers.IntegerField()


class ContactOut(serializers.Serializer):
    """One way to reach them; an empty ``usable_for`` says nothing, one that names uses forbids the others."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(ContactPoint.Kind.choices)
    value = serializers.CharField()
    verified_at = serializers.DateTimeField(allow_null=True)
    needs_check = serializers.BooleanField()
    is_shared = serializers.BooleanField()
    usable_for = serializers.ListField(child=serializers.ChoiceField(ContactPoint.Use.choices))


class PersonDetails(serializers.Serializer):
    """A person whose ticket the key may read."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    usage_name = serializers.CharField()
    birth_year = serializers.IntegerField(allow_null=True)
    birth_date = serializers.DateField(allow_null=True)
    phones = serializers.ListField(child=serializers.CharField())
    mails = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField(allow_null=True)
    contacts = ContactOut(many=True)


class PersonIn(StrictSerializer):
    """A change to a person's identity; a field left out keeps its value."""

    given_name = TextField(required=False, allow_blank=True, max_length=80)
    family_name = TextField(required=False, allow_blank=True, max_length=80)
    usage_name = TextField(required=False, allow_blank=True, max_length=80)
    birth_date = serializers.DateField(required=False, allow_null=True)


class ContactIn(StrictSerializer):
    """A new way to reach them."""

    kind = ChoiceField(ContactPoint.Kind.choices)
    value = TextField(max_length=254, help_text=_("Un numéro ou une adresse e-mail."))

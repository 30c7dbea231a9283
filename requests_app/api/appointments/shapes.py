"""The shape of an appointment, and of what is asked of one."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from requests_app.api.fields import ChoiceField, InstantField, StrictSerializer, TextField
from requests_app.appointments.models import Appointment


class AppointmentOut(serializers.Serializer):
    """An appointment; of a reserved ticket, who and what about are null (row A03)."""

    id = serializers.IntegerField()
    ticket = serializers.CharField(allow_null=True)
    person = serializers.IntegerField(allow_null=True)
    type = serializers.CharField(allow_null=True)
    maison = serializers.CharField()
    agent = serializers.CharField()
    room = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    state = serializers.ChoiceField(Appointment.State.choices)
    reason = serializers.CharField(allow_null=True)
    outside_reason = serializers.CharField(allow_null=True)
    reply = serializers.ChoiceField(Appointment.Reply.choices, allow_null=True)
    booked_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class AppointmentIn(StrictSerializer):
    """A date to give."""

    ticket = TextField(max_length=20, help_text=_("Le numéro de la demande."))
    type = TextField(max_length=40, help_text=_("Le code de la sorte de rendez-vous."))
    maison = TextField(max_length=20, help_text=_("Le code du lieu."))
    agent = TextField(max_length=150, help_text=_("L’identifiant de l’agent qui reçoit."))
    starts_at = InstantField()
    room = TextField(required=False, allow_blank=True, max_length=60, default="")
    outside_reason = TextField(
        required=False,
        allow_blank=True,
        max_length=300,
        default="",
        help_text=_("Pourquoi hors des horaires, ou malgré un autre rendez-vous."),
    )


class MoveIn(StrictSerializer):
    """Another date; what is not given stays."""

    starts_at = InstantField()
    type = TextField(required=False, max_length=40)
    maison = TextField(required=False, max_length=20)
    agent = TextField(required=False, max_length=150)
    room = TextField(required=False, allow_blank=True, max_length=60)
    outside_reason = TextField(required=False, allow_blank=True, max_length=300, default="")


class CancelIn(StrictSerializer):
    """Who calls it off, and why: a service says it, a person may."""

    by = ChoiceField([("person", _("la personne")), ("service", _("le service"))])
    reason = TextField(required=False, allow_blank=True, max_length=300, default="")

"""The shape of a ticket: the words of ``show_ticket`` without messages, and what programs need besides."""

from rest_framework import serializers

from requests_app.tickets.models import Outcome, State
from requests_app.tickets.models.tickets import Priority


class PersonOut(serializers.Serializer):
    """Whose ticket it is."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    phones = serializers.ListField(child=serializers.CharField())
    mails = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField(allow_null=True)


class ParticipantOut(serializers.Serializer):
    """Somebody else who takes part."""

    name = serializers.CharField()
    role = serializers.CharField()
    address = serializers.CharField()


def _codes() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), allow_null=True)


class TicketRow(serializers.Serializer):
    """A ticket in a list; what the key may not read is null."""

    reference = serializers.CharField()
    channel = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(State.choices)
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True)
    priority = serializers.ChoiceField(Priority.choices, allow_null=True)
    marks = _codes()
    maison = serializers.CharField(allow_null=True)
    shared_with = _codes()
    topic = serializers.CharField(allow_null=True)
    proposed_topic = serializers.CharField(allow_null=True)
    proposed_transfer = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_null=True)
    subject = serializers.CharField(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    person = PersonOut(allow_null=True)
    participants = ParticipantOut(many=True, allow_null=True)
    merged_into = serializers.CharField(allow_null=True)
    links = _codes()


class TicketOut(TicketRow):
    """A ticket; what the key may not read is null."""

    reply_to = _codes()


class MessageOut(serializers.Serializer):
    """What passed between the person and us."""

    id = serializers.IntegerField()
    channel = serializers.CharField()
    direction = serializers.ChoiceField([("in", "in"), ("out", "out")])
    text = serializers.CharField()
    reply_text = serializers.CharField()
    at = serializers.DateTimeField()


class NoteOut(serializers.Serializer):
    """What staff say among themselves."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    author = serializers.CharField()
    at = serializers.DateTimeField()

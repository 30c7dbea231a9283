"""What a program writes: each member checked at the door, so that nothing wrong is stored."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from requests_app.api.fields import (
    ChoiceField,
    InstantField,
    RegexTextField,
    ShortListField,
    StrictSerializer,
    TextField,
)
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.tickets.models import Outcome, Touchpoint

MAX_TEXT = 20_000
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER_BY = timedelta(minutes=5)
LANGUAGE = r"^[a-z]{2,3}$"
LIKE_FR = gettext_lazy("Écrivez la langue en deux ou trois lettres minuscules, comme fr.")
LIKE_69388 = gettext_lazy("Écrivez le code de la commune, comme 69388.")
LIKE_69008 = gettext_lazy("Écrivez le code postal, comme 69008.")
Direction = Touchpoint.Direction


class PhoneField(TextField):
    """A telephone number, national or international."""

    default_error_messages = {"number": gettext_lazy("Écrivez un numéro de téléphone, comme +33639981234.")}

    def to_internal_value(self, data: Any) -> str:
        written = super().to_internal_value(data)
        if not phones.e164(written):
            self.fail("number")
        return written


class MailField(TextField):
    """An e-mail address."""

    default_error_messages = {"address": gettext_lazy("Écrivez une adresse e-mail, comme nom@exemple.fr.")}

    def to_internal_value(self, data: Any) -> str:
        address = mail_address(super().to_internal_value(data))
        try:
            validate_email(address)
        except ValidationError:
            self.fail("address")
        return address


class PersonIn(StrictSerializer):
    """Who asks; their record is found by their contact, or opened."""

    given_name = TextField(required=False, max_length=80, allow_blank=True)
    family_name = TextField(required=False, max_length=80, allow_blank=True)
    phones = ShortListField(child=PhoneField(max_length=40), required=False, max_length=5)
    mails = ShortListField(child=MailField(max_length=254), required=False, max_length=5)
    language = RegexTextField(LANGUAGE, LIKE_FR, required=False, max_length=3)


class TicketIn(StrictSerializer):
    """A request of an inhabitant."""

    text = TextField(max_length=MAX_TEXT)
    subject = TextField(required=False, max_length=300)
    topic = TextField(required=False, max_length=50)
    maison = TextField(required=False, max_length=20)
    address = TextField(required=False, max_length=200)
    insee = RegexTextField(r"^[0-9][0-9AB][0-9]{3}$", LIKE_69388, required=False, max_length=5)
    postal_code = RegexTextField(r"^[0-9]{5}$", LIKE_69008, required=False, max_length=5)
    language = RegexTextField(LANGUAGE, LIKE_FR, required=False, max_length=3)
    occurred_at = InstantField(required=False)
    external_id = TextField(required=False, max_length=100)
    person = PersonIn(required=False)

    def validate_occurred_at(self, value: datetime) -> datetime:
        if not OLDEST <= value <= timezone.now() + CLOCKS_DIFFER_BY:
            raise serializers.ValidationError(_("Cet instant est à venir, ou trop ancien."))
        return value


class TextIn(StrictSerializer):
    """A note."""

    text = TextField(max_length=MAX_TEXT)


class MessageIn(TextIn):
    """An answer to the person; with ``in``, words that they said elsewhere."""

    direction = ChoiceField(Direction.choices, required=False, default=Direction.OUT)


class AssignIn(StrictSerializer):
    """To whom, by their username."""

    user = TextField(max_length=60)


class RouteIn(StrictSerializer):
    """Where, and why."""

    maison = TextField(max_length=20)
    reason = TextField(max_length=1000)


class CloseIn(StrictSerializer):
    """How it ends; a refusal says why, and the person reads it."""

    outcome = ChoiceField(Outcome.choices)
    reason = TextField(required=False, allow_blank=True, max_length=MAX_TEXT, default="")


class ReopenIn(StrictSerializer):
    """Why."""

    reason = TextField(max_length=1000)

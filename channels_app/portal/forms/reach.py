from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.portal.forms.base import QuestionForm
from requests_app.lib import phones
from requests_app.lib.text import mail_address

BAD_PHONE = _("Écrivez un numéro de téléphone, par exemple 06 39 98 12 34.")
BAD_EMAIL = _("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")


class ContactMethod(models.TextChoices):
    """How the person wants to be answered."""

    PHONE = "tel", _("SMS ou appel")
    MAIL = "mail", _("E-mail")
    LETTER = "courrier", _("Courrier")
    VISIT = "lieu", _("Je viens sur place")


class Use(models.TextChoices):
    """What may be done with the number."""

    BOTH = "sms-appel", _("SMS ou appel")
    TEXT = "sms", _("Seulement des SMS, ne m’appelez pas")
    CALL = "appel", _("Seulement des appels, pas de SMS")


class Voice(models.TextChoices):
    """Whether a message may be left: nobody else should hear it (ux.md, rule 11)."""

    YES = "oui", _("Oui")
    NO = "non", _("Non, parlez seulement à moi")


class ReachForm(QuestionForm):
    """How to reach the person, and how not to."""

    moyen = forms.ChoiceField(
        choices=ContactMethod.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choisissez comment vous joindre.")),
    )
    telephone = forms.CharField(
        label=_("Numéro de téléphone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "type": "tel",
                "inputmode": "tel",
                "autocomplete": "tel",
                "class": "form-control tel-field",
            }
        ),
    )
    usage = forms.ChoiceField(choices=Use.choices, required=False, initial=Use.BOTH)
    message = forms.ChoiceField(choices=Voice.choices, required=False)
    email = forms.CharField(
        label=_("Adresse e-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "inputmode": "email", "autocomplete": "email"}),
    )
    postal = forms.CharField(
        label=_("Adresse où vous recevez du courrier"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3, "autocomplete": "street-address"}),
    )
    partage = forms.BooleanField(label=_("Quelqu’un d’autre peut le lire ou répondre"), required=False)
    eviter = forms.CharField(
        label=_("À éviter"),
        help_text=_("Par exemple : ne pas appeler le soir."),
        required=False,
        max_length=200,
    )

    @property
    def is_phone(self) -> bool:
        return self["moyen"].value() == ContactMethod.PHONE

    @property
    def is_mail(self) -> bool:
        return self["moyen"].value() == ContactMethod.MAIL

    @property
    def is_letter(self) -> bool:
        return self["moyen"].value() == ContactMethod.LETTER

    @property
    def is_visit(self) -> bool:
        return self["moyen"].value() == ContactMethod.VISIT

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        check = {
            ContactMethod.PHONE: self._phone,
            ContactMethod.MAIL: self._mail,
            ContactMethod.LETTER: self._letter,
        }.get(typed.get("moyen", ""))
        if check:
            check(typed)
        return typed

    def _phone(self, typed: dict[str, Any]) -> None:
        number = phones.e164(typed.get("telephone", ""))
        if not number:
            self.add_error("telephone", BAD_PHONE)
        elif not typed.get("message"):
            self.add_error("message", _("Dites si nous pouvons laisser un message à ce numéro."))
        typed["numero"] = number

    def _mail(self, typed: dict[str, Any]) -> None:
        address = mail_address(typed.get("email", ""))
        try:
            validate_email(address)
        except ValidationError:
            self.add_error("email", BAD_EMAIL)
        typed["email"] = address

    def _letter(self, typed: dict[str, Any]) -> None:
        if not typed.get("postal"):
            self.add_error("postal", _("Écrivez l’adresse où vous recevez du courrier."))

"""The forms of a person’s page; the rules of the room check what is typed, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.lib import phones
from requests_app.people.births import read_birth
from requests_app.people.models import AccessNeed, ContactPoint, Person
from requests_app.people.services import Need
from requests_app.people.services.identity import Identity
from requests_app.people.services.identity import etag_of_identity as identity_seen
from requests_app.people.services.needs import etag_of_needs as needs_seen
from requests_app.people.services.points import Terms
from requests_app.people.services.points import etag_of_point as point_seen

__all__ = [
    "IdentityForm",
    "NeedsForm",
    "NewPointForm",
    "PointForm",
    "identity_seen",
    "needs_seen",
    "point_seen",
]

Kind, Use = ContactPoint.Kind, ContactPoint.Use
USES = [(use.value, use.label) for use in Use if use != Use.NOTHING]
DETAILED = {
    AccessNeed.Kind.CALL_HOURS: _("Heures, par exemple : après 18 h"),
    AccessNeed.Kind.AVOID: _("Ce qu’il faut éviter"),
    AccessNeed.Kind.INTERPRETER: _("Langue"),
}
OFF = {"autocomplete": "off"}  # these are not the agent's own


class SeenForm(forms.Form):
    """``seen`` is the checksum of what the page was made from (threats: W12)."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class IdentityForm(SeenForm):
    given_name = forms.CharField(
        label=_("Prénom"), max_length=80, required=False, widget=forms.TextInput(OFF)
    )
    family_name = forms.CharField(label=_("Nom"), max_length=80, required=False, widget=forms.TextInput(OFF))
    usage_name = forms.CharField(
        label=_("Nom d’usage"), max_length=80, required=False, widget=forms.TextInput(OFF)
    )
    birth = forms.CharField(
        label=_("Date ou année de naissance"),
        help_text=_("Par exemple 12/03/1968, ou 1968."),
        max_length=20,
        required=False,
        widget=forms.TextInput(OFF),
    )

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        self.today = today
        names = {name: getattr(person, name) for name in ("given_name", "family_name", "usage_name")}
        born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
        super().__init__(*args, **{**kwargs, "initial": {**names, "birth": born}})

    def clean_birth(self) -> tuple[date | None, int | None]:
        typed = self.cleaned_data["birth"].strip()
        if not typed:
            return None, None
        try:
            return read_birth(typed, today=self.today)
        except ValueError as error:
            raise forms.ValidationError(
                _("Écrivez une date, par exemple 12/03/1968, ou une année.")
            ) from error

    def identity(self) -> Identity:
        data = self.cleaned_data
        born, year = data["birth"]
        return Identity(data["given_name"], data["family_name"], data["usage_name"], year, born)


class NewPointForm(SeenForm):
    typed = forms.CharField(
        label=_("Téléphone ou adresse e-mail"),
        max_length=254,
        widget=forms.TextInput(OFF),
        error_messages={"required": _("Écrivez un numéro de téléphone ou une adresse e-mail.")},
    )


class PointForm(SeenForm):
    typed = forms.CharField(max_length=254, widget=forms.TextInput(OFF))
    is_verified = forms.BooleanField(label=_("Vérifié avec la personne"), required=False)
    needs_check = forms.BooleanField(label=_("À vérifier"), required=False)
    is_shared = forms.BooleanField(
        label=_("Partagé : quelqu’un d’autre peut lire ou répondre"), required=False
    )
    uses = forms.MultipleChoiceField(
        label=_("Sert à"),
        help_text=_("Rien de coché : nous n’utilisons pas ce contact."),
        choices=USES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, point: ContactPoint, **kwargs: Any) -> None:
        value = phones.format_national(point.value) if point.kind == Kind.PHONE else point.value
        initial = {
            "typed": value,
            "is_verified": point.verified_at is not None,
            "needs_check": point.needs_check,
            "is_shared": point.is_shared,
            "uses": point.usable_for or [Use.ANSWER, Use.REMINDER],
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["typed"].label = Kind(point.kind).label
        self.fields["typed"].error_messages["required"] = _("Écrivez le contact, ou retirez-le.")

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["uses"], data["is_verified"], data["needs_check"], data["is_shared"])


class NeedsForm(SeenForm):
    """Each need is a thing to do; two of them need a detail."""

    kinds = forms.MultipleChoiceField(
        label=_("Pour bien la recevoir"),
        choices=AccessNeed.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, needs: Iterable[AccessNeed], **kwargs: Any) -> None:
        known = {need.kind: need.detail for need in needs}
        details = {f"detail_{kind}": known.get(kind, "") for kind in DETAILED}
        super().__init__(*args, **{**kwargs, "initial": {"kinds": list(known), **details}})
        for kind, label in DETAILED.items():
            self.fields[f"detail_{kind}"] = forms.CharField(
                label=label, max_length=200, required=False, widget=forms.TextInput(OFF)
            )

    def chosen_needs(self) -> list[Need]:
        data = self.cleaned_data
        return [Need(kind, data.get(f"detail_{kind}", "")) for kind in data["kinds"]]

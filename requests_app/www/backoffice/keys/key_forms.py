"""A new key: what it may do, where, until when."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.api_keys.expiry import end_of
from requests_app.api_keys.scopes import READ, RESOURCES, SENSITIVE, WRITE
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison

NAMES = {
    "tickets": _("Demandes"),
    "persons": _("Personnes"),
    "appointments": _("Rendez-vous"),
    "slots": _("Créneaux"),
    "maisons": _("Lieux"),
    "topics": _("Sujets"),
    "events": _("Événements"),
    "subscriptions": _("Abonnements"),
    "indicators": _("Statistiques"),
    "open311": _("Open311"),
}
VERBS = {"": _("Rien"), READ: _("Lire"), WRITE: _("Lire et écrire")}


class KeyForm(forms.Form):
    """One list for each resource; nothing is granted that was not chosen."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=80,
        help_text=_("Le logiciel qui la tiendra, par exemple « Portail de Bron »."),
        error_messages={"required": _("Donnez un nom à la clé.")},
    )
    reads_sensitive = forms.BooleanField(label=_("Lire aussi les demandes au motif réservé"), required=False)
    maisons = forms.ModelMultipleChoiceField(
        Maison.objects.none(),
        label=_("Lieux"),
        required=False,
        help_text=_("Sans choix : tout le territoire."),
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 6}),
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=_("Sujets"),
        required=False,
        help_text=_("Sans choix : tous les sujets."),
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 6}),
    )
    expires_on = forms.DateField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Sans date, la clé ouvre jusqu’à sa révocation."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez un jour, par exemple 12/03/2027.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for resource in RESOURCES:
            self.fields[resource_field(resource)] = forms.ChoiceField(
                label=NAMES[resource],
                required=False,
                choices=list(VERBS.items()),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        for name, rows in (
            ("maisons", Maison.objects.current().order_by("label", "pk")),
            ("topics", Topic.objects.active().order_by("label", "pk")),
        ):
            cast(forms.ModelMultipleChoiceField, self.fields[name]).queryset = rows

    @property
    def resource_fields(self) -> list[forms.BoundField]:
        return [self[resource_field(resource)] for resource in RESOURCES]

    def values(self) -> dict[str, Any]:
        """Return what the service asks for."""
        typed = self.cleaned_data
        chosen = [(resource, typed.get(resource_field(resource))) for resource in RESOURCES]
        scopes = [f"{resource}:{verb}" for resource, verb in chosen if verb]
        return {
            "name": typed["name"],
            "scopes": [*scopes, *([SENSITIVE] if typed["reads_sensitive"] else [])],
            "maisons": list(typed["maisons"]),
            "topics": list(typed["topics"]),
            "expires_at": end_of(typed["expires_on"]),
        }


def resource_field(resource: str) -> str:
    """Name the field of a resource; two resources are also names of fields."""
    return f"on_{resource}"

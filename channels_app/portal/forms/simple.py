from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.portal.forms.base import QuestionForm
from channels_app.portal.themes import UNKNOWN, choice_of
from requests_app.lib.text import is_blank

MAX_LENGTH = 8000


class TopicForm(QuestionForm):
    """What it is about; not knowing is an answer."""

    sujet = forms.CharField(
        max_length=50, error_messages={"required": _("Choisissez un sujet, ou « Je ne sais pas ».")}
    )

    def clean_sujet(self) -> str:
        chosen = self.cleaned_data["sujet"]
        if chosen != UNKNOWN and choice_of(chosen) is None:
            raise forms.ValidationError(_("Choisissez un sujet, ou « Je ne sais pas »."))
        return str(chosen)


class WordsForm(QuestionForm):
    """The request in the person's own words."""

    texte = forms.CharField(
        label=_("Votre demande"),
        help_text=_("Écrivez comme vous parlez. Quelques mots suffisent."),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 6, "data-dangers": ""}),
        error_messages={
            "required": _("Écrivez ce que vous demandez, même en quelques mots."),
            "max_length": _(
                "Votre texte est trop long. Gardez l’essentiel : vous pourrez écrire encore après."
            ),
        },
    )

    def clean_texte(self) -> str:
        """Refuse what nobody would see as no words at all."""
        text: str = self.cleaned_data["texte"]
        if is_blank(text):
            raise forms.ValidationError(self.fields["texte"].error_messages["required"], code="required")
        return text


class PlaceForm(QuestionForm):
    """Where the person lives: it says which Maison answers."""

    commune = forms.CharField(
        label=_("Commune ou code postal"),
        help_text=_("Par exemple : Villeurbanne, Lyon 8e, 69100"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "list": "communes"}),
    )
    adresse = forms.CharField(
        label=_("Numéro et rue"),
        help_text=_("Pour trouver le lieu d’accueil le plus près de chez vous."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    sans_adresse = forms.BooleanField(label=_("Je n’ai pas d’adresse, ou je ne sais pas"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not (typed.get("commune") or typed.get("adresse") or typed.get("sans_adresse")):
            self.add_error("commune", _("Écrivez votre commune, ou cochez « Je n’ai pas d’adresse »."))
        return typed

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.portal.forms.base import QuestionForm
from requests_app.people.models import AccessNeed

ASKED = {
    AccessNeed.Kind.CALL: _("Je préfère qu’on me parle : lire est difficile"),
    AccessNeed.Kind.WRITE: _("Je préfère qu’on m’écrive : entendre est difficile"),
    AccessNeed.Kind.SIMPLE_WORDS: _("J’ai besoin de mots simples"),
    AccessNeed.Kind.INTERPRETER: _("J’ai besoin d’un interprète"),
    AccessNeed.Kind.SIGN_LANGUAGE: _("J’ai besoin de la langue des signes"),
    AccessNeed.Kind.STEP_FREE: _("J’ai besoin d’un lieu sans marche"),
    AccessNeed.Kind.LARGE_PRINT: _("J’ai besoin de grosses lettres"),
    AccessNeed.Kind.COMPANION: _("Je viens avec quelqu’un qui m’aide"),
}


class YouForm(QuestionForm):
    """A name to call the person by, and what would help them; all of it optional."""

    prenom = forms.CharField(
        label=_("Prénom"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label=_("Nom"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    besoins = forms.MultipleChoiceField(choices=list(ASKED.items()), required=False)
    langue = forms.CharField(label=_("Votre langue"), required=False, max_length=60)

    @property
    def chosen(self) -> list[str]:
        """Return the needs ticked, typed or stored."""
        return [str(need) for need in self["besoins"].value() or []]

    @property
    def kept(self) -> dict[str, Any]:
        return {**self.cleaned_data, "besoins": [str(need) for need in self.cleaned_data["besoins"]]}

"""What those in charge decide about a feedback."""

from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.appointments.places import agents_at
from requests_app.experiments.models import Trial
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.services import MAX_SENTENCE, FollowUp

State = FieldFeedback.State
_CHOOSE = _("Choisissez dans la liste.")


def _text_area() -> forms.Textarea:
    return forms.Textarea(attrs={"class": "form-control", "rows": 2})


class AnswerForm(forms.Form):
    """The state, who takes it, what was decided; the words for the public page once it is done."""

    use_required_attribute = False

    etat = forms.ChoiceField(
        label=_("Où en est-on"),
        choices=State.choices,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    qui = forms.TypedChoiceField(
        label=_("Qui s’en occupe"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _CHOOSE},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    piste = forms.ModelChoiceField(
        label=_("Piste qui s’en occupe"),
        required=False,
        queryset=Trial.objects.standing().order_by("-starts_on", "-pk"),
        empty_label=_("Aucune piste"),
        error_messages={"invalid_choice": _CHOOSE},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reponse = forms.CharField(
        label=_("Ce que nous faisons, ou pourquoi pas maintenant"),
        required=False,
        max_length=MAX_SENTENCE,
        widget=_text_area(),
    )
    publie = forms.CharField(
        label=_("« Vous avez dit », sur la page publique"),
        help_text=_("Vos mots, sans nom. Vide : rien n’est publié."),
        required=False,
        max_length=MAX_SENTENCE,
        widget=_text_area(),
    )

    def __init__(self, data: Any = None, *, feedback: FieldFeedback) -> None:
        initial = {
            "etat": feedback.state,
            "qui": feedback.owner_id,
            "piste": Trial.objects.filter(feedback=feedback).first(),
            "reponse": feedback.answer,
            "publie": feedback.public_words,
        }
        super().__init__(data, initial=initial, auto_id="suite_%s", label_suffix="")
        agents = agents_at(feedback.maison_id) if feedback.maison_id else []
        fields: dict[str, Any] = self.fields
        fields["piste"].label_from_instance = attrgetter("title")
        fields["qui"].choices = [("", _("Personne encore")), *agents]

    def clean(self) -> None:
        """Say on the field that is wrong what the columns would refuse."""
        given = self.cleaned_data
        if given.get("etat") == State.NOT_NOW and not given.get("reponse"):
            self.add_error("reponse", _("Dites pourquoi : l’agent le lira."))
        if not given.get("publie"):
            return
        if given.get("etat") != State.DONE:
            self.add_error("etat", _("Seul ce qui est fait se publie."))
        elif not given.get("reponse"):
            self.add_error("reponse", _("Dites ce qui est fait : la page publique le montre."))

    def follow_up(self) -> FollowUp:
        """Return what was decided, once valid."""
        given = self.cleaned_data
        owner = User.objects.filter(pk=given["qui"]).first() if given["qui"] else None
        return FollowUp(given["etat"], owner, given["reponse"].strip(), given["publie"].strip())

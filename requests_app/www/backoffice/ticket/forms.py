"""The forms of the ticket page: each names the fields it takes, and refuses any other (threats: W03)."""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.models import Outcome, State
from requests_app.tickets.models.tickets import Priority
from requests_app.www.backoffice.ticket.choices import Choices, QuickSelect

logger = logging.getLogger(__name__)

MAX_REASON_LENGTH = 500
MAX_NOTE_LENGTH = 20_000
HOLDS = [(State.WAITING_PERSON, _("Un papier de la personne")), (State.WAITING_OTHER, _("Un autre service"))]


class UnexpectedFields(Exception):
    """Fields that the form does not have were posted."""


class ActionForm(forms.Form):
    """One thing to do to a ticket, as it was when the page was read."""

    # Fields whose options are those of the ticket or of the territory: names of Choices.
    offers: ClassVar[dict[str, str]] = {}
    # Fields that come prefilled, with their value on a given day.
    proposes: ClassVar[dict[str, Callable[[date], object]]] = {}

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, data: Any = None, *, name: str, choices: Choices) -> None:
        super().__init__(data, auto_id=f"{name}_%s", label_suffix="")
        self.name, self.given_choices = name, choices
        if data is not None:
            self._refuse_others(data)
        for name, source in self.offers.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [*cast(list[Any], field.choices), *getattr(choices, source)]

    def _refuse_others(self, data: Any) -> None:
        others = set(data) - set(self.fields) - {"csrfmiddlewaretoken"}
        if others:
            logger.warning("form %s: %s unexpected fields refused", self.name, len(others))
            raise UnexpectedFields


def reason_field(label: Any, missing: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_REASON_LENGTH,
        required=bool(missing),
        error_messages={"required": missing, "max_length": _("Écrivez moins de 500 signes.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages=dict.fromkeys(("required", "invalid"), _("Choisissez un jour dans le calendrier.")),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )


EMPTY, KEEP = ("", _("Choisir")), ("", _("Garder"))


def choice_field(label: Any, missing: Any = "", choices: Iterable[Any] = ()) -> forms.ChoiceField:
    """Build a list; ``missing`` is the message when nothing was chosen, and makes the choice compulsory."""
    wrong = missing or _("Choisissez dans la liste.")
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=[EMPTY if missing else KEEP, *choices],
        error_messages={"required": missing, "invalid_choice": wrong},
        widget=QuickSelect(attrs={"class": "form-select"}),
    )


class AssignForm(ActionForm):
    offers = {"to": "colleagues"}
    to = choice_field(_("Confier à"), _("Choisissez un collègue."))


class TopicForm(ActionForm):
    offers = {"topic": "topics"}
    topic = choice_field(_("Nouveau sujet"), _("Choisissez un sujet."))


class PriorityForm(ActionForm):
    priority = forms.ChoiceField(choices=Priority.choices, widget=forms.HiddenInput)


class HoldForm(ActionForm):
    state = choice_field(
        _("Ce que la demande attend"), _("Choisissez ce que la demande attend."), choices=HOLDS
    )
    reason = reason_field(_("Ce qui manque"), _("Écrivez ce qui manque, en quelques mots."))


class FirstReceivedForm(ActionForm):
    """The day another administration had it; empty when none had."""

    first_on = day_field(
        _("Jour où une autre administration l’a reçue"),
        required=False,
        help_text=_("Vide : aucune autre ne l’a reçue avant nous."),
    )


class ReasonsAskedForm(ActionForm):
    """The day the person asked for the reasons of the refusal."""

    asked_on = day_field(
        _("Jour où la personne a demandé les raisons"),
        required=False,
        help_text=_("Vide : aujourd’hui. Vous avez un mois pour les donner."),
    )


class ServiceAnswerForm(ActionForm):
    """What a service of ours answered to a request it was given, and when."""

    outcome = choice_field(
        _("Ce que le service a répondu"),
        _("Choisissez ce que le service a répondu."),
        choices=[(Outcome.ANSWERED, Outcome.ANSWERED.label), (Outcome.REFUSED, Outcome.REFUSED.label)],
    )
    answered_on = day_field(_("Jour de sa réponse"), required=False, help_text=_("Vide : aujourd’hui."))


class NoteForm(ActionForm):
    text = forms.CharField(
        label=_("Note interne"),
        max_length=MAX_NOTE_LENGTH,
        error_messages={"required": _("Écrivez la note avant de l’enregistrer.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class CloseForm(ActionForm):
    outcome = choice_field(
        _("Comment la demande se termine"),
        _("Choisissez comment la demande se termine."),
        choices=Outcome.choices,
    )
    number = forms.CharField(
        label=_("Numéro de la demande qui continue"),
        help_text=_("Si elle est déjà suivie : les réponses y arriveront."),
        max_length=40,
        required=False,
    )
    reason = reason_field(_("Précision"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("outcome") == Outcome.DUPLICATE and not given.get("number"):
            self.add_error("number", _("Écrivez le numéro de la demande qui continue."))
        return given


class ReopenForm(ActionForm):
    reason = reason_field(_("Pourquoi rouvrir"), _("Écrivez pourquoi, en quelques mots."))


class LinkForm(ActionForm):
    person = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

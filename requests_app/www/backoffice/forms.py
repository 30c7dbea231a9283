"""The forms of the ticket page: each names the fields it takes, and refuses any other (threats: W03)."""

import logging
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.answers.services import Then
from requests_app.tickets.models import Outcome, State
from requests_app.tickets.models.tickets import Priority
from requests_app.www.backoffice.choices import Choices, QuickSelect

logger = logging.getLogger(__name__)

LONGEST_REASON = 500
LONGEST_NOTE = 20_000
HOLDS = [(State.WAITING_PERSON, _("Un papier de la personne")), (State.WAITING_OTHER, _("Un autre service"))]


class UnexpectedFields(Exception):
    """Fields that the form does not have were posted."""


class ActionForm(forms.Form):
    """One thing to do to a ticket, as it was when the page was read."""

    # Fields whose options are those of the ticket or of the territory: names of Choices.
    offers: ClassVar[dict[str, str]] = {}

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


def _reason(label: Any, missing: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        required=bool(missing),
        error_messages={"required": missing, "max_length": _("Écrivez moins de 500 signes.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )


EMPTY, KEEP = ("", _("Choisir")), ("", _("Garder"))


def _choice(label: Any, missing: Any = "", choices: Iterable[Any] = ()) -> forms.ChoiceField:
    """A list; ``missing`` is what is said when nothing was chosen, and makes the choice compulsory."""
    wrong = missing or _("Choisissez dans la liste.")
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=[EMPTY if missing else KEEP, *choices],
        error_messages={"required": missing, "invalid_choice": wrong},
        widget=QuickSelect(attrs={"class": "form-select"}),
    )


class PlaceForm(ActionForm):
    """What names another place: one where nobody works is asked for twice, saying who will see it.

    ``confirmed`` repeats the place whose warning was read.
    """

    offers = {"maison": "maisons"}
    maison = _choice(_("Nouveau lieu"), _("Choisissez un lieu."))
    confirmed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        place = given.get("maison") or ""
        if place and int(place) not in self.given_choices.staffed and given.get("confirmed") != place:
            self.data = {**dict(self.data.items()), "confirmed": place}
            self.add_error("maison", warn_unstaffed(self.given_choices, place))
        return given


def warn_unstaffed(choices: Choices, place: str) -> str:
    """Say who will see what is sent where nobody works."""
    words = _("Personne ne travaille à %(place)s : seule l’équipe centrale verra la demande.")
    again = _("Envoyez de nouveau pour confirmer.")
    return f"{words % {'place': choices.territory.site_of[int(place)].label}} {again}"


class SortForm(PlaceForm):
    """Accept what is proposed, or another topic and another place: leaving a Maison asks for a reason."""

    offers = {"topic": "topics", "maison": "maisons"}
    topic = _choice(_("Autre sujet"))
    maison = _choice(_("Autre lieu"))
    reason = _reason(_("Pourquoi ce lieu"))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        ticket, place = self.given_choices.ticket, given.get("maison") or ""
        leaves = bool(place and ticket and ticket.maison_id and str(ticket.maison_id) != place)
        if leaves and not given.get("reason", "").strip():
            self.add_error("reason", _("Écrivez pourquoi, en quelques mots."))
        return given


class AssignForm(ActionForm):
    offers = {"to": "colleagues"}
    to = _choice(_("Confier à"), _("Choisissez un collègue."))


class TopicForm(ActionForm):
    offers = {"topic": "topics"}
    topic = _choice(_("Nouveau sujet"), _("Choisissez un sujet."))


class RerouteForm(PlaceForm):
    reason = _reason(_("Pourquoi ce lieu"), _("Écrivez pourquoi, en quelques mots."))


class PriorityForm(ActionForm):
    priority = forms.ChoiceField(choices=Priority.choices, widget=forms.HiddenInput)


class HoldForm(ActionForm):
    state = _choice(_("Ce que la demande attend"), _("Choisissez ce que la demande attend."), choices=HOLDS)
    reason = _reason(_("Ce qui manque"), _("Écrivez ce qui manque, en quelques mots."))


class PapersForm(ActionForm):
    """The papers that are missing, and until when they may come."""

    papers = forms.CharField(
        label=_("Papiers qui manquent"),
        help_text=_("Un par ligne : la personne les lit ainsi."),
        max_length=2000,
        error_messages={"required": _("Écrivez les papiers qui manquent, un par ligne.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    until = forms.DateField(
        label=_("À envoyer avant le"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Choisissez un jour dans le calendrier.")),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )

    def clean_papers(self) -> list[str]:
        return list(self.cleaned_data["papers"].splitlines())


class NoteForm(ActionForm):
    text = forms.CharField(
        label=_("Note interne"),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Écrivez la note avant de l’enregistrer.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class KeysField(forms.TypedMultipleChoiceField):
    """Keys of rows; which of them may be named is asked of the database."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdigit() and len(str(value)) <= 18


class AnswerForm(ActionForm):
    """An answer; its text and files are a draft by the time it is checked.

    ``confirmed`` repeats the address whose warning was read; ``also`` are the participants who get it too,
    ``also_shown`` says that they were there to choose.
    """

    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    to = forms.CharField(required=False, max_length=270)
    other = forms.CharField(required=False, max_length=254)
    confirmed = forms.CharField(required=False, max_length=254)
    also = KeysField(required=False, coerce=int)
    also_shown = forms.CharField(required=False, max_length=1)
    text = forms.CharField(required=False)
    then = forms.ChoiceField(required=False, choices=Then.choices)
    pieces = forms.CharField(required=False)  # browsers post an empty text when no file is chosen


class CloseForm(ActionForm):
    outcome = _choice(
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
    reason = _reason(_("Précision"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("outcome") == Outcome.DUPLICATE and not given.get("number"):
            self.add_error("number", _("Écrivez le numéro de la demande qui continue."))
        return given


class ReopenForm(ActionForm):
    reason = _reason(_("Pourquoi rouvrir"), _("Écrivez pourquoi, en quelques mots."))


class LinkForm(ActionForm):
    person = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def _pick(written: str) -> tuple[int, int]:
    """« 12-3 » → (12, 3): a demand and the version the agent saw; raises ValueError."""
    pk, _dash, version = written.partition("-")
    if len(written) > 30 or not f"{pk}{version}".isascii():
        raise ValueError(written)
    return int(pk), int(version)


class PicksField(forms.TypedMultipleChoiceField):
    """The rows chosen; which of them the agent may touch is asked of the policy, not of a list."""

    def valid_value(self, value: Any) -> bool:
        return True


class BulkForm(ActionForm):
    """The same thing done to several demands."""

    offers = {"maison": "maisons"}
    version = None  # type: ignore[assignment]
    pick = PicksField(coerce=_pick)
    do = forms.ChoiceField(choices=[("take", _("À moi")), ("reroute", _("Changer de lieu"))])
    maison = _choice(_("Nouveau lieu"))
    reason = _reason(_("Pourquoi ce lieu"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("do") == "reroute" and not (given.get("maison") and given.get("reason", "").strip()):
            raise forms.ValidationError(_("Choisissez un lieu, et écrivez pourquoi."))
        place = given.get("maison") or ""
        if given.get("do") == "reroute" and int(place) not in self.given_choices.staffed:
            raise forms.ValidationError(_("Personne ne travaille à ce lieu : envoyez-les une par une."))
        return given

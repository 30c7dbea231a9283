"""What is chosen before a trial begins, and what is said while it goes on."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from requests_app.experiments.measures import MEASURE_CHOICES
from requests_app.experiments.models import Trial
from requests_app.lib import french
from requests_app.lib.weeks import WEEK, monday_of
from requests_app.maisons.models import Maison

CHOOSE = _("Choisissez dans la liste.")
MONDAYS = 26  # to choose the start among
FEWEST, MOST, USUAL = 4, 52, 12  # weeks
SELECT = {"class": "form-select"}
BOXES = {"class": "form-check-input"}
WRONG_WEEKS = _("Écrivez un nombre de semaines, de 4 à 52.")
WRONG_NUMBER = _("Écrivez un nombre plus grand que zéro, comme 5 ou 2,5.")


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", **attrs})


class TrialForm(forms.Form):
    """``lieux`` are those that the reader leads; without ``autres`` all the other Maisons are compared."""

    use_required_attribute = False

    titre = forms.CharField(
        label=_("Titre"),
        max_length=100,
        error_messages={"required": _("Écrivez un titre.")},
        widget=_text(),
    )
    hypothese = forms.CharField(
        label=_("Ce que nous pensons"),
        help_text=_("Une phrase : « Si…, alors… »."),
        max_length=300,
        error_messages={"required": _("Écrivez ce que vous pensez, en une phrase.")},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )
    mesure = forms.ChoiceField(
        label=_("Ce qui le dira"),
        help_text=_("Une seule mesure, choisie avant."),
        choices=MEASURE_CHOICES,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )
    ecart = forms.DecimalField(
        label=_("L’écart qui compterait"),
        help_text=_("Dans l’unité de la mesure. Sans lui, on ne pourra pas dire « pas d’effet »."),
        required=False,
        localize=True,
        min_value=0.01,
        max_value=1000,
        error_messages={"invalid": WRONG_NUMBER, "min_value": WRONG_NUMBER, "max_value": WRONG_NUMBER},
        widget=_text(inputmode="decimal", size=6),
    )
    debut = forms.TypedChoiceField(
        label=_("Premier lundi"),
        coerce=date.fromisoformat,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )
    semaines = forms.IntegerField(
        label=_("Combien de semaines"),
        min_value=FEWEST,
        max_value=MOST,
        initial=USUAL,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_WEEKS),
        widget=_text(inputmode="numeric", size=4),
    )
    lieux = forms.ModelMultipleChoiceField(
        label=_("Les lieux qui essaient"),
        queryset=Maison.objects.none(),
        error_messages={"required": _("Cochez un lieu au moins."), "invalid_choice": CHOOSE},
        widget=forms.CheckboxSelectMultiple(attrs=BOXES),
    )
    autres = forms.ModelMultipleChoiceField(
        label=_("Les lieux comparés"),
        help_text=_("Sans choix, tous les autres."),
        required=False,
        queryset=Maison.objects.none(),
        error_messages={"invalid_choice": CHOOSE},
        widget=forms.CheckboxSelectMultiple(attrs=BOXES),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        led: QuerySet[Maison],
        today: date,
        trial: Trial | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial=_initial(trial) | kwargs.pop("initial", {}), **kwargs)
        mondays = [monday_of(today) + WEEK * rank for rank in range(1, MONDAYS + 1)]
        fields: dict[str, Any] = self.fields
        fields["debut"].choices = [(day.isoformat(), french.full_date(day)) for day in mondays]
        fields["lieux"].queryset = led
        fields["autres"].queryset = Maison.objects.current().order_by("label", "pk")
        for name in ("lieux", "autres"):
            fields[name].label_from_instance = _label_of

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        both = set(cleaned.get("lieux") or ()) & set(cleaned.get("autres") or ())
        if both:
            self.add_error("autres", _("Un lieu qui essaie ne se compare pas à lui-même : décochez-le."))
        return cleaned

    def list_compared(self) -> list[Maison]:
        """List the Maisons that are compared."""
        tried = {maison.pk for maison in self.cleaned_data["lieux"]}
        chosen: Iterable[Maison] = self.cleaned_data["autres"] or Maison.objects.current().order_by("pk")
        return [maison for maison in chosen if maison.pk not in tried]

    def fill(self, trial: Trial) -> Trial:
        """Write what was chosen on a trial, without saving it."""
        given = self.cleaned_data
        trial.title, trial.hypothesis = given["titre"], given["hypothese"]
        trial.measure = given["mesure"]
        trial.smallest = None if given["ecart"] is None else float(given["ecart"])
        trial.starts_on = given["debut"]
        trial.ends_on = given["debut"] + WEEK * given["semaines"] - timedelta(days=1)
        return trial


class StopForm(forms.Form):
    use_required_attribute = False

    raison = forms.CharField(
        label=_("Pourquoi l’arrêter avant la fin"),
        max_length=300,
        error_messages={"required": _("Dites pourquoi : le résultat se lira avec.")},
        widget=_text(),
    )


class NoteForm(forms.Form):
    use_required_attribute = False

    note = forms.CharField(
        label=_("Ce qui s’est passé"),
        help_text=_("Une grève, un absent, un guichet fermé : ce qui aide à lire les chiffres. Sans nom."),
        max_length=300,
        error_messages={"required": _("Écrivez une phrase.")},
        widget=_text(),
    )


def _label_of(maison: Maison) -> str:
    return maison.label


def _initial(trial: Trial | None) -> dict[str, Any]:
    if trial is None:
        return {}
    sites = list(trial.sites.all())
    return {
        "titre": trial.title,
        "hypothese": trial.hypothesis,
        "mesure": trial.measure,
        "ecart": trial.smallest,
        "debut": trial.starts_on.isoformat(),
        "semaines": ((trial.ends_on - trial.starts_on).days + 1) // 7,
        "lieux": [site.maison_id for site in sites if site.is_tried],
        "autres": [site.maison_id for site in sites if not site.is_tried],
    }

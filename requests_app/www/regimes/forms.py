from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.catalog.models import Appeal, Regime, SilenceMonths, Topic
from requests_app.catalog.regimes import APPEAL, LAW_FIELDS, SENSE

SELECT = {"class": "form-select"}
WRONG = {"invalid_choice": _("Choisissez dans la liste."), "required": _("Choisissez dans la liste.")}
PART_LABELS = [
    (SENSE, _("Le sens et le délai du silence")),
    (APPEAL, _("Le recours, son délai et le tribunal")),
]
LONG = {"max_length": _("Écrivez moins de 300 signes.")}


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs=SELECT)
    return forms.ChoiceField(label=label, choices=choices, error_messages=WRONG, widget=widget)


class OneLine(forms.CharField):
    """Text that stands inside a sentence of ours: several pasted lines become one."""

    def to_python(self, value: Any) -> str:
        return " ".join(part.strip() for part in (super().to_python(value) or "").splitlines())


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return OneLine(label=label, help_text=hint, max_length=300, required=False, error_messages=LONG)


class RegimeForm(forms.Form):
    """The columns of a regime; only a legal reviewer ticks the validation boxes."""

    last = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    regime = _choice(_("Ce que vaut notre silence"), Regime.choices)
    silence_months = forms.TypedChoiceField(
        label=_("Au bout de"),
        choices=SilenceMonths.choices,
        coerce=int,
        error_messages=WRONG,
        widget=forms.Select(attrs=SELECT),
    )
    from_complete_file = forms.BooleanField(
        label=_("Le délai compte depuis le dossier complet"), required=False
    )
    acceptance_note = _words(
        _("Phrase ajoutée à un accord"),
        _("Par exemple un montant provisoire. Vide : aucune. Elle est validée avec le sens."),
    )
    acceptance_note_en = _words(_("La même phrase, en anglais"))
    appeal = _choice(_("Comment contester un refus"), Appeal.choices)
    appeal_to = _words(
        _("À qui écrire pour contester"),
        _("L’auteur de la décision et son adresse, par exemple « la présidence, 1 rue du Lac »."),
    )
    appeal_court = _words(_("Tribunal"), _("Vide : le tribunal administratif du territoire."))
    is_internal = forms.BooleanField(
        label=_("L’organisme compétent est un service de notre administration"), required=False
    )
    regime_source = _words(_("Texte de loi"), _("Par exemple « CRPA, art. L231-4 3° »."))
    validated = forms.MultipleChoiceField(
        label=_("Je valide"),
        choices=PART_LABELS,
        required=False,
        error_messages=WRONG,
        widget=forms.CheckboxSelectMultiple,
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, topic: Topic, last: int, may_validate: bool) -> None:
        initial = {name: getattr(topic, name) for name in LAW_FIELDS}
        super().__init__(data, initial={**initial, "last": last}, label_suffix="")
        if not may_validate:
            del self.fields["validated"]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in LAW_FIELDS}

    @property
    def validated_parts(self) -> list[str]:
        return list(self.cleaned_data.get("validated", []))


class WithdrawForm(forms.Form):
    """What a legal reviewer confirms no longer, and why; the values stay."""

    last = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"id": "id_withdraw_last"}))
    parts = forms.MultipleChoiceField(
        label=_("Je ne valide plus"),
        error_messages={
            "required": _("Choisissez ce que vous ne validez plus."),
            "invalid_choice": WRONG["invalid_choice"],
        },
        widget=forms.CheckboxSelectMultiple,
    )
    reason = OneLine(
        label=_("Raison"),
        max_length=300,
        error_messages={**LONG, "required": _("Écrivez une raison.")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, parts: list[str], last: int) -> None:
        super().__init__(data, initial={"last": last}, label_suffix="")
        field = cast("forms.MultipleChoiceField", self.fields["parts"])
        field.choices = [(part, label) for part, label in PART_LABELS if part in parts]

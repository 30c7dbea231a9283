"""The forms of who acts for a person; see person_forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.people.models import Mandate
from requests_app.people.services import NewMandate
from requests_app.www.backoffice.people.person_forms import OFF, SeenForm
from requests_app.www.backoffice.ticket.choices import QuickSelect
from requests_app.www.backoffice.ticket.forms import day_field


def _choice(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=QuickSelect(attrs={"class": "form-select"}),
    )


class MandateForm(SeenForm):
    kind = _choice(_("Ce que c’est"), Mandate.Kind.choices, _("Choisissez ce que c’est."))
    holder = forms.CharField(
        label=_("Qui la représente"),
        max_length=120,
        widget=forms.TextInput(OFF),
        error_messages={"required": _("Écrivez le nom de qui la représente.")},
    )
    address = forms.CharField(
        label=_("Son e-mail ou son téléphone"), max_length=254, required=False, widget=forms.TextInput(OFF)
    )
    receives = _choice(_("Qui reçoit nos réponses"), Mandate.Receives.choices, _("Choisissez qui reçoit."))
    starts_on = day_field(_("Depuis le"))
    ends_on = day_field(_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"starts_on": today}})

    def new(self) -> NewMandate:
        data = self.cleaned_data
        return NewMandate(**{name: data[name] for name in NewMandate.__dataclass_fields__})


class EndForm(SeenForm):
    ends_on = day_field(_("Dernier jour"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"ends_on": today}})

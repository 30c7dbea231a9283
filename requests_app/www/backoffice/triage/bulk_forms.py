"""The form that does the same thing to several tickets."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from requests_app.www.backoffice.ticket.forms import ActionForm, choice_field, reason_field

UNSTAFFED = "unstaffed"
WARNING = _("Personne ne travaille à %(place)s : seule l’équipe centrale verra ces demandes.")


def _pick(written: str) -> tuple[int, int]:
    """Parse « 12-3 » into (12, 3): a ticket and the version the agent saw; raise ValueError."""
    pk, _dash, version = written.partition("-")
    if len(written) > 30 or not f"{pk}{version}".isascii():
        raise ValueError(written)
    return int(pk), int(version)


class PicksField(forms.TypedMultipleChoiceField):
    """The rows chosen; the policy, not a list, tells which of them the agent may touch."""

    def valid_value(self, value: Any) -> bool:
        return True


class BulkForm(ActionForm):
    """The same thing done to several tickets; ``confirmed`` repeats the place whose warning was read."""

    offers = {"maison": "maisons"}
    version = None  # type: ignore[assignment]
    pick = PicksField(coerce=_pick)
    do = forms.ChoiceField(choices=[("take", _("À moi")), ("reroute", _("Changer de lieu"))])
    maison = choice_field(_("Nouveau lieu"))
    reason = reason_field(_("Pourquoi ce lieu"))
    confirmed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("do") == "reroute" and not (given.get("maison") and given.get("reason", "").strip()):
            raise forms.ValidationError(_("Choisissez un lieu, et écrivez pourquoi."))
        place = given.get("maison") or ""
        is_read = given.get("confirmed") == place
        if given.get("do") == "reroute" and int(place) not in self.given_choices.staffed and not is_read:
            label = self.given_choices.territory.site_of[int(place)].label
            raise forms.ValidationError(WARNING % {"place": label}, code=UNSTAFFED)
        return given

    @property
    def asks(self) -> str:
        """Return the question before several go where nobody works; "" when there is none."""
        found = self.errors.as_data().get(NON_FIELD_ERRORS, [])
        return next((str(error.message) for error in found if error.code == UNSTAFFED), "")

"""The forms that send a ticket to a place: one where nobody works must be confirmed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.www.backoffice.ticket.choices import Choices
from requests_app.www.backoffice.ticket.forms import ActionForm, choice_field, reason_field


class PlaceForm(ActionForm):
    """Names another place: one where nobody works must be confirmed, once told who will see it.

    ``confirmed`` repeats the place whose warning was read.
    """

    offers = {"maison": "maisons"}
    maison = choice_field(_("Nouveau lieu"), _("Choisissez un lieu."))
    confirmed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        place = given.get("maison") or ""
        if place and int(place) not in self.given_choices.staffed and given.get("confirmed") != place:
            self.data = {**dict(self.data.items()), "confirmed": place}
            self.add_error("maison", warn_unstaffed(self.given_choices, place))
        return given


def warn_unstaffed(choices: Choices, place: str) -> str:
    """Warn who will see what is sent where nobody works."""
    words = _("Personne ne travaille à %(place)s : seule l’équipe centrale verra la demande.")
    again = _("Envoyez de nouveau pour confirmer.")
    return f"{words % {'place': choices.territory.site_of[int(place)].label}} {again}"


class SortForm(PlaceForm):
    """Accept what is proposed, or another topic and another place: leaving a Maison requires a reason."""

    offers = {"topic": "topics", "maison": "maisons"}
    topic = choice_field(_("Autre sujet"))
    maison = choice_field(_("Autre lieu"))
    reason = reason_field(_("Pourquoi ce lieu"))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        ticket, place = self.given_choices.ticket, given.get("maison") or ""
        leaves = bool(place and ticket and ticket.maison_id and str(ticket.maison_id) != place)
        if leaves and not given.get("reason", "").strip():
            self.add_error("reason", _("Écrivez pourquoi, en quelques mots."))
        return given


class RerouteForm(PlaceForm):
    reason = reason_field(_("Pourquoi ce lieu"), _("Écrivez pourquoi, en quelques mots."))

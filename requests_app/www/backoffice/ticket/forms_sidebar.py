"""The forms of what stands beside a ticket; see forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.models import Participant
from requests_app.www.backoffice.ticket.choices import QuickSelect
from requests_app.www.backoffice.ticket.forms import ActionForm

RECEIVES, TWO_PERSONS = "yes", "two"
Role = Participant.Role


class BesideForm(ActionForm):
    """The version of the ticket is not concerned."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class WhichForm(BesideForm):
    """Something done to one thing that stands beside the ticket."""

    which = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NumberForm(BesideForm):
    number = forms.CharField(
        label=_("Numéro de l’autre demande"),
        max_length=40,
        error_messages={"required": _("Écrivez le numéro de l’autre demande.")},
    )


class LastMergeForm(BesideForm):
    """Undo what was just merged, whether by a number or from a link (``which``)."""

    which = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class MergeForm(NumberForm):
    """The ticket that goes on, and whether both are known to be of two persons."""

    persons = forms.ChoiceField(
        label=_("Ces deux demandes sont"),
        required=False,
        choices=[("", _("De la même personne")), (TWO_PERSONS, _("De deux personnes"))],
        widget=QuickSelect(attrs={"class": "form-select"}),
    )


class ParticipantForm(BesideForm):
    full_name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    address = forms.CharField(
        label=_("Adresse e-mail"),
        help_text=_("Ou un numéro de téléphone."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={"required": _("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")},
    )
    role = forms.ChoiceField(
        label=_("Son rôle"),
        choices=[(role.value, role.label) for role in Role if role != Role.COPIED],
        error_messages={"required": _("Choisissez son rôle."), "invalid_choice": _("Choisissez son rôle.")},
        widget=QuickSelect(attrs={"class": "form-select"}),
    )
    receives = forms.ChoiceField(
        label=_("Nos réponses"),
        required=False,
        choices=[("", _("Ne les reçoit pas")), (RECEIVES, _("Les reçoit aussi"))],
        widget=QuickSelect(attrs={"class": "form-select"}),
    )

"""The form of « Pour qui ? »; see forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.models import Participant
from requests_app.www.backoffice.ticket.forms import ActionForm

NEW, CREATE, WRITER, NOBODY = "new", "create", "writer", "nobody"
MAX_TYPED = 200
Role = Participant.Role
WRITERS = [
    ("", _("La personne elle-même")),
    *((role.value, role.label) for role in Role if role not in {Role.COPIED, Role.OTHER}),
    (Role.OTHER.value, Role.OTHER.label),
]


class WhoseForm(ActionForm):
    """``who`` is what was typed, ``person`` whom it stands for: somebody shown, or one of the words above.

    ``pick`` is the same, by a button beside the field. ``role`` is that of the author, if not the person.
    """

    who = forms.CharField(max_length=MAX_TYPED, required=False)
    person = forms.CharField(max_length=100, required=False)
    pick = forms.CharField(max_length=100, required=False)
    role = forms.ChoiceField(choices=WRITERS, required=False)

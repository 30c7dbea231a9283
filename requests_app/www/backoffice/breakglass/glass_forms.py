"""The form that opens a ticket by exception: what is behind it is signed inside."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from requests_app.access.models import Motive
from requests_app.accounts.models import User

SALT = "gru.glass"
LIVES_S = 900  # the search page stays open during a conversation


class Unsealed(Exception):
    """The form was not given to this agent, or is over a quarter of an hour old."""


def seal(user: User, kind: str, pk: int) -> str:
    """Sign what this agent found; nobody can put something else in its place."""
    return signing.dumps([user.pk, kind, pk], salt=SALT)


def unseal(user: User, sealed: str) -> tuple[str, int]:
    """Return the kind and key of what was found; raise Unsealed."""
    try:
        user_id, kind, pk = signing.loads(sealed, salt=SALT, max_age=LIVES_S)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unsealed from error
    if user_id != user.pk:
        raise Unsealed
    return kind, pk


class GlassForm(forms.Form):
    """A usual reason and the agent's own words; both are required."""

    motive = forms.ChoiceField(
        label=_("Motif"),
        choices=Motive.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choisissez un motif.")),
    )
    reason = forms.CharField(
        label=_("Pourquoi, en quelques mots"),
        help_text=_("Sans détail sur sa vie : les responsables des deux lieux liront ces mots."),
        max_length=200,
        error_messages={
            "required": _("Écrivez pourquoi, en quelques mots : ils seront lus par les responsables."),
            "max_length": _("Écrivez moins de 200 signes."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sealed = forms.CharField(max_length=300, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, data: Any = None, *, sealed: str = "", key: str = "g") -> None:
        """Build the form; ``key`` tells several on one page apart."""
        super().__init__(data, initial={"sealed": sealed}, auto_id=f"{key}_%s", label_suffix="")

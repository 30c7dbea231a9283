"""The form by which a demand is opened by exception: what is behind stands sealed in it."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from requests_app.access.models import Motive
from requests_app.accounts.models import User

SALT = "gru.glass"
LIVES_S = 900  # the page of the search stays open while one talks


class Unsealed(Exception):
    """The form was not given to this agent, or a quarter of an hour ago."""


def seal(user: User, kind: str, pk: int) -> str:
    """Say what was found by this agent; nobody can name something else in its place."""
    return signing.dumps([user.pk, kind, pk], salt=SALT)


def unseal(user: User, sealed: str) -> tuple[str, int]:
    """Kind and key of what was found; raises Unsealed."""
    try:
        user_id, kind, pk = signing.loads(sealed, salt=SALT, max_age=LIVES_S)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unsealed from error
    if user_id != user.pk:
        raise Unsealed
    return kind, pk


class GlassForm(forms.Form):
    """A usual reason and the agent's own words; both are needed."""

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
        """``key`` tells apart several of them on one page."""
        super().__init__(data, initial={"sealed": sealed}, auto_id=f"{key}_%s", label_suffix="")

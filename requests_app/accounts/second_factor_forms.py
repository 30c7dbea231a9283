from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.forms import UnlockForm
from requests_app.accounts.second_factor import is_accepted


def code_field(**attrs: Any) -> forms.CharField:
    """Make a field for the six digits of the application; it also takes a backup code, which is longer."""
    shown = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", **attrs}
    return forms.CharField(
        label=_("Code à six chiffres"),
        max_length=40,
        error_messages={
            "required": _("Écrivez le code que l’application montre."),
            "max_length": _("Ce code est trop long."),
        },
        widget=forms.TextInput(attrs=shown),
    )


class CodeForm(forms.Form):
    code = code_field(autofocus=True)


class ChangeForm(UnlockForm):
    """The password and a code: someone who finds an open screen turns nothing off."""

    code = code_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("autofocus")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        password, code = given.get("password"), given.get("code")
        # Beside a wrong password no code is used up.
        if password and code and not is_accepted(self.request, self.user, code, timezone.now()):
            self.add_error("code", _("Ce code ne va pas. Attendez le suivant."))
        return given

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User


class SignInForm(AuthenticationForm):
    """One answer for every refusal: it never tells which accounts exist (threats: W14)."""

    error_messages = {
        "invalid_login": _("Identifiant ou mot de passe inconnu. Vérifiez-les, puis recommencez."),
        "inactive": _("Identifiant ou mot de passe inconnu. Vérifiez-les, puis recommencez."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label, password.label = _("Identifiant"), _("Mot de passe")
        name.error_messages["required"] = _("Écrivez votre identifiant.")
        password.error_messages["required"] = _("Écrivez votre mot de passe.")
        name.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        self.label_suffix = ""

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class UnlockForm(forms.Form):
    """The password of the agent who locked the screen, and of no one else."""

    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        error_messages={"required": _("Écrivez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        found = authenticate(self.request, username=self.user.username, password=password)
        if found is None or found.pk != self.user.pk:
            raise forms.ValidationError(_("Ce n’est pas le bon mot de passe. Recommencez."))
        return password


class NewPasswordForm(forms.Form):
    """A password of one's own, instead of the temporary one."""

    password = forms.CharField(
        label=_("Nouveau mot de passe"),
        strip=False,
        help_text=_("Au moins 12 signes. Une phrase courte se retient bien."),
        error_messages={"required": _("Écrivez un nouveau mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=_("Le même, une seconde fois"),
        strip=False,
        error_messages={"required": _("Écrivez le mot de passe une seconde fois.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        if self.user.check_password(password):
            raise forms.ValidationError(_("Choisissez un autre mot de passe que celui d’aujourd’hui."))
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("Les deux mots de passe sont différents."))
        return given

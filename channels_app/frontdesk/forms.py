import uuid
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from channels_app.noting import Companion, Kind
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.people.births import read_birth
from requests_app.tickets.models import Participant
from requests_app.tickets.who import WRONG_NUMBER, refusal_of, understand_query
from requests_app.visits.services import day_of

Role = Participant.Role
COMPANIONS = [("", _("Choisissez")), *((r.value, r.label) for r in Role if r != Role.COPIED)]
ANONYMOUS, NEW, CREATE, STAR = "anonyme", "nouvelle", "creer", "*"


FOR_ANOTHER = ("visiteur", "visiteur_role", "visiteur_contact")


class VisibleEmailField(forms.EmailField):
    """Removes the invisible characters of a pasted address before it is checked."""

    def to_python(self, value: Any) -> str:
        return super().to_python(mail_address(value) if isinstance(value, str) else value) or ""


def contact_address(typed: str) -> str:
    """Return an e-mail or a number as it is stored, "" for nothing; raises ValueError."""
    if not typed:
        return ""
    if "@" not in typed:
        if number := phones.e164(typed):
            return number
        raise ValueError
    address = mail_address(typed)
    try:
        validate_email(address)
    except forms.ValidationError as error:
        raise ValueError from error
    return address


class VisitForm(forms.Form):
    """A contact as the desk types it; each kind adds fields.

    ``personne`` and ``sujet`` hold the values of the suggestions;
    ``choix`` is the button pressed when the person had to be chosen on the page itself.
    """

    cle = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Rechargez la page, puis enregistrez de nouveau.")
        ),
    )
    choix = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    personne = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    qui = forms.CharField(label=_("Qui ?"), required=False, max_length=120)
    sujet = forms.SlugField(required=False, max_length=50, widget=forms.HiddenInput)
    motif = forms.CharField(label=_("Pourquoi ?"), required=False, max_length=200)
    nouvelle_demande = forms.BooleanField(label=_("Ouvrir une nouvelle demande"), required=False)
    rejoindre = forms.BooleanField(label=_("Joindre ce contact à cette demande"), required=False)
    telephone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = VisibleEmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")},
    )
    naissance = forms.CharField(
        label=_("Année de naissance"), help_text=_("1968, ou 12/03/1968"), required=False, max_length=10
    )
    adresse = forms.CharField(label=_("Adresse"), required=False, max_length=200)
    visiteur = forms.CharField(label=_("Nom de qui agit pour elle"), required=False, max_length=120)
    visiteur_role = forms.ChoiceField(
        label=_("À quel titre ?"),
        required=False,
        choices=COMPANIONS,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    visiteur_contact = forms.CharField(
        label=_("Contact de qui agit"), help_text=_("E-mail ou numéro"), required=False, max_length=254
    )
    suite = forms.ChoiceField(
        label=_("Suite ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce qui suit."),
            "invalid_choice": _("Choisissez ce qui suit."),
        },
    )
    mot = forms.CharField(
        label=_("Mot pour le service"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )

    def __init__(
        self, *args: Any, kind: Kind, now: datetime, maison_id: int | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"cle": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.kind, self.now, self.maison_id = kind, now, maison_id
        steps = self.fields["suite"]
        assert isinstance(steps, forms.ChoiceField)
        steps.choices, steps.initial = kind.steps.choices, kind.steps.values[0]

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def is_fresh(self) -> bool:
        """Return whether nothing is typed yet: the cursor goes to « Qui ? »."""
        return not self.is_bound

    @property
    def hint_ids(self) -> dict[str, str]:
        """Return what describes a field with suggestions: its error, when it has one, then its hint."""
        return {
            name: f"{name}_error {name}-aide" if name in self.errors else f"{name}-aide"
            for name in ("qui", "motif")
        }

    @property
    def has_precisions(self) -> bool:
        """Return whether the folded fields must be open: something is typed there."""
        folded = ("telephone", "email", "naissance", "adresse", *FOR_ANOTHER)
        return any(self[name].value() or name in self.errors for name in folded)

    @property
    def unlisted(self) -> list[str]:
        """Return the names sent that this form does not know (threats: W03)."""
        return sorted(set(self.data) - set(self.fields) - {"csrfmiddlewaretoken"})

    @property
    def number(self) -> str:
        """Return the number typed, in the field or as « Qui ? »; E.164, or ""."""
        typed = self.cleaned_data
        return typed["telephone"] or understand_query(typed["qui"], today=self.today).phone

    @property
    def who(self) -> str:
        """Return a token, ANONYMOUS, NEW, CREATE (a new one all the same), or "" when not chosen yet."""
        chosen = self.cleaned_data["choix"] or self.cleaned_data["personne"]
        if not chosen and self.cleaned_data["qui"] == STAR:
            return ANONYMOUS
        return chosen

    @property
    def _is_chosen(self) -> bool:
        """Return whether one of the persons shown is chosen: « Qui ? » then holds their name."""
        chosen = self.cleaned_data.get("choix") or self.cleaned_data.get("personne")
        return bool(chosen) and chosen not in (NEW, CREATE)

    def check_person(self, person_id: int | None) -> None:
        """Check what this kind requires of the person chosen; an error is added to the form."""

    def clean_telephone(self) -> str:
        typed = self.cleaned_data["telephone"]
        number = phones.e164(typed) if typed else ""
        if typed and not number:
            raise forms.ValidationError(WRONG_NUMBER)
        return number

    @property
    def companion(self) -> Companion | None:
        """Return who came for the person; a role alone names nobody."""
        name, role, address = (self.cleaned_data[each] for each in FOR_ANOTHER)
        return Companion(name, role or Role.OTHER.value, address) if name or address else None

    def clean_visiteur_contact(self) -> str:
        try:
            return contact_address(self.cleaned_data["visiteur_contact"])
        except ValueError:
            words = _("Écrivez une adresse e-mail ou un numéro, par exemple 06 12 34 56 78.")
            raise forms.ValidationError(words) from None

    def clean_naissance(self) -> tuple[date | None, int | None]:
        typed = self.cleaned_data["naissance"]
        try:
            return read_birth(typed, today=self.today) if typed else (None, None)
        except ValueError:
            raise forms.ValidationError(_("Écrivez une année, par exemple 1968.")) from None

    def clean(self) -> None:
        typed = self.cleaned_data
        if not self._is_chosen and (refusal := refusal_of(typed.get("qui", ""), today=self.today)):
            self.add_error("qui", refusal)
        if not (typed.get("sujet") or typed.get("motif")):
            self.add_error("motif", _("Écrivez pourquoi la personne vient, par exemple : RSA."))


def form_of(kind: Kind) -> type[VisitForm]:
    """Return the form of a kind: the common fields, and its own."""
    bases = (kind.form, VisitForm) if kind.form else (VisitForm,)
    return _FORMS.setdefault(kind.code, type("NotedForm", bases, {}))


_FORMS: dict[str, type[VisitForm]] = {}

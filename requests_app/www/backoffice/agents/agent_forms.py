from typing import Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import Role, User
from requests_app.accounts.services import Grant
from requests_app.maisons.models import Maison

EVERYWHERE = "*"
EMPTY_ROWS, MAX_ROWS = 2, 60


class AgentForm(forms.Form):
    """Who the agent is. The identifier is given once: the audit log names it."""

    username = forms.RegexField(
        regex=r"^[a-z0-9][a-z0-9._-]{1,59}$",
        label=_("Identifiant"),
        help_text=_("En minuscules, sans accent, par exemple « samira.roux »."),
        error_messages={
            "required": _("Écrivez un identifiant."),
            "invalid": _("Écrivez l’identifiant en minuscules, sans accent ni espace."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    given_name = forms.CharField(
        label=_("Prénom"), max_length=80, error_messages={"required": _("Écrivez le prénom.")}
    )
    family_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    shown_as = forms.CharField(
        label=_("Nom montré aux usagers"),
        max_length=80,
        required=False,
        help_text=_("Pour protéger l’agent : le nom du service remplace le sien dans tout ce qui part."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Écrivez une adresse comme « samira.roux@exemple.fr ».")},
    )

    def __init__(self, *args: Any, agent: User | None = None, **kwargs: Any) -> None:
        if agent:
            kwargs["initial"] = {
                name: getattr(agent, name) for name in ("given_name", "family_name", "shown_as", "email")
            }
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if agent:
            del self.fields["username"]


class GrantForm(forms.Form):
    """One role at one place; an empty role is no row."""

    role = forms.ChoiceField(
        label=_("Rôle"),
        required=False,
        choices=[("", _("Aucun")), *Role.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    place = forms.ChoiceField(
        label=_("Lieu"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") and not given.get("place"):
            self.add_error("place", _("Choisissez un lieu pour ce rôle."))
        return given


class GrantRows(forms.BaseFormSet):
    """The rows of roles; works without JavaScript (« Ajouter une ligne »)."""

    def __init__(self, data: QueryDict | None = None, *, agent: User | None = None, **kwargs: Any) -> None:
        if agent and data is None:
            kwargs["initial"] = [
                {"role": m.role, "place": str(m.maison_id or EVERYWHERE)}
                for m in agent.memberships.order_by("pk")
            ]
        self.places = _places()
        super().__init__(data, **kwargs)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        place = form.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = self.places
        form.label_suffix = ""

    def add_empty_row(self) -> Self:
        """Return the same rows as typed, and an empty one."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        name = f"{self.prefix}-TOTAL_FORMS"
        data[name] = str(min(MAX_ROWS, self.total_form_count() + 1))
        return type(self)(data, prefix=self.prefix)


_Rows = cast(
    "type[GrantRows]",
    forms.formset_factory(GrantForm, formset=GrantRows, extra=EMPTY_ROWS, max_num=MAX_ROWS),
)


def grant_rows(data: QueryDict | None = None, *, agent: User | None = None) -> GrantRows:
    """Return the rows as posted, or as an agent holds them now."""
    return _Rows(data, prefix="roles", agent=agent)


def grants_of(rows: GrantRows) -> list[Grant]:
    """Return the grants of valid rows."""
    given = [row.cleaned_data for row in rows if row.cleaned_data.get("role")]
    return [Grant(g["role"], None if g["place"] == EVERYWHERE else int(g["place"])) for g in given]


class LeaveForm(forms.Form):
    """Who takes the tickets: a colleague, or each ticket's own team."""

    to = forms.ModelChoiceField(
        label=_("Qui reprend ses demandes ?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Les équipes : les demandes redeviennent sans agent"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        handlers = User.objects.present().filter(memberships__role__in=[Role.CASE_HANDLER, Role.MANAGER])
        colleagues = handlers.exclude(pk=leaver.pk).order_by("family_name", "given_name").distinct()
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


def _places() -> list[tuple[str, Any]]:
    maisons = Maison.objects.current().order_by("label", "pk").values_list("pk", "label")
    return [("", "—"), (EVERYWHERE, _("Tout le territoire")), *((str(pk), label) for pk, label in maisons)]

"""The forms of an agent's week: times of one day, from a date on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.slots.models import Opening
from requests_app.slots.models.wall_times import ENDS_FIRST
from requests_app.slots.services import Change
from requests_app.slots.weeks import Repeat, describe_repeat, repeat_of
from requests_app.www.agenda.forms import WRONG_DAY, WRONG_HOUR, DayField, HourField

SELECT = {"class": "form-select"}
OFFERED = (Repeat.WEEKLY, Repeat.BIWEEKLY, Repeat.ONCE)
CHOOSE = _("Choisissez dans la liste.")
WITHOUT_END = _("Laissez vide pour ne pas mettre de fin.")
ENDS_BEFORE = _("La date de fin vient avant le début.")


def weekday_choices() -> list[tuple[int, str]]:
    return [(number, capfirst(str(WEEKDAYS[number]))) for number in range(7)]


def _repeat_choices(opening: Opening | None) -> list[tuple[str, str]]:
    offered = [(each.value, str(each.label)) for each in OFFERED]
    if opening is None or repeat_of(opening) != Repeat.OTHER:
        return offered
    return [(Repeat.OTHER.value, f"{Repeat.OTHER.label} ({describe_repeat(opening)})"), *offered]


class OpeningForm(forms.Form):
    """One opening; ``depuis`` is the first day on which it counts, ``jusqu`` the last."""

    use_required_attribute = False

    jour = forms.TypedChoiceField(label=_("Jour"), coerce=int, widget=forms.Select(attrs=SELECT))
    de = HourField(label=_("De"), error_messages={"required": WRONG_HOUR})
    a = HourField(label=_("À"), error_messages={"required": WRONG_HOUR})
    maison = forms.TypedChoiceField(
        label=_("Maison"),
        coerce=int,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )
    bureau = forms.CharField(label=_("Bureau ou salle"), required=False, max_length=60)
    types = forms.ModelMultipleChoiceField(
        label=_("Quels rendez-vous"),
        required=False,
        queryset=AppointmentType.objects.none(),
        help_text=_("Sans choix, tous."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    repete = forms.ChoiceField(
        label=_("Répétition"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )
    depuis = DayField(
        label=_("Appliquer à partir du"),
        help_text=_("Les jours d’avant ne changent pas."),
        error_messages={"required": WRONG_DAY},
    )
    jusqu = DayField(label=_("Jusqu’au"), required=False, help_text=WITHOUT_END)

    def __init__(
        self, data: Any = None, *, places: Iterable[Maison], opening: Opening | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="plage_%s", label_suffix="", **kwargs)
        fields: dict[str, Any] = self.fields
        fields["jour"].choices = weekday_choices()
        fields["maison"].choices = [(maison.pk, maison.label) for maison in places]
        fields["types"].queryset = AppointmentType.objects.active().order_by("label", "pk")
        fields["repete"].choices = _repeat_choices(opening)

    def clean(self) -> None:
        """Say on the field that is wrong what the columns would refuse."""
        given = self.cleaned_data
        if given.get("de") and given.get("a") and given["a"] <= given["de"]:
            self.add_error("a", ENDS_FIRST)
        if given.get("depuis") and given.get("jusqu") and given["jusqu"] < given["depuis"]:
            self.add_error("jusqu", ENDS_BEFORE)

    def change_for(self, agent: User, places: Iterable[Maison]) -> Change:
        """Return what was asked for, once valid."""
        given = self.cleaned_data
        return Change(
            agent=agent,
            maison=next(maison for maison in places if maison.pk == given["maison"]),
            weekday=given["jour"],
            starts_at=given["de"],
            ends_at=given["a"],
            repeat=Repeat(given["repete"]),
            since=given["depuis"],
            until=given["jusqu"],
            room=given["bureau"].strip(),
            types=list(given["types"]),
        )


def values_of(opening: Opening, since: date) -> dict[str, Any]:
    """Return an opening as the form shows it; a change counts from ``since`` on."""
    return {
        "jour": opening.starts_on.weekday(),
        "de": opening.starts_at,
        "a": opening.ends_at,
        "maison": opening.maison_id,
        "bureau": opening.room,
        "types": [each.pk for each in opening.types.all()],
        "repete": repeat_of(opening).value,
        "depuis": max(since, opening.starts_on),
        "jusqu": opening.valid_until,
    }


class CopyForm(forms.Form):
    """Copy a week, or one day of it, for an agent from a day on."""

    use_required_attribute = False

    quoi = forms.TypedChoiceField(label=_("Quels jours"), coerce=int, widget=forms.Select(attrs=SELECT))
    sur = forms.TypedMultipleChoiceField(
        label=_("Sur quels jours"),
        required=False,
        coerce=int,
        help_text=_("Sans choix, les mêmes jours."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    source = forms.TypedChoiceField(label=_("La semaine de"), coerce=int, widget=forms.Select(attrs=SELECT))
    depuis = DayField(label=_("Appliquer à partir du"), error_messages={"required": WRONG_DAY})

    def __init__(self, data: Any = None, *, agents: Iterable[User], **kwargs: Any) -> None:
        super().__init__(data, auto_id="copie_%s", label_suffix="", **kwargs)
        fields: dict[str, Any] = self.fields
        fields["quoi"].choices = [(WHOLE_WEEK, _("Toute la semaine")), *weekday_choices()]
        fields["sur"].choices = weekday_choices()
        fields["source"].choices = [(agent.pk, agent.full_name) for agent in agents]

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("sur") and given.get("quoi") == WHOLE_WEEK:
            self.add_error("quoi", _("Choisissez le jour à copier."))


WHOLE_WEEK = -1

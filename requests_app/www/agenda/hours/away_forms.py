"""The forms of an absence and of a closure: days, hours for a part of a day, a reason."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.maisons.models import Maison
from requests_app.slots.models.wall_times import ENDS_FIRST
from requests_app.www.agenda.forms import WRONG_DAY, DayField, HourField
from requests_app.www.agenda.hours.forms import CHOOSE, ENDS_BEFORE, OFFERED, SELECT, WITHOUT_END

ONE_DAY = timedelta(days=1)


class PeriodForm(forms.Form):
    """From a day to another; without hours, whole days."""

    use_required_attribute = False

    du = DayField(label=_("Premier jour"), error_messages={"required": WRONG_DAY})
    au = DayField(label=_("Dernier jour"), required=False, help_text=_("Vide : le même jour."))
    de = HourField(label=_("De"), required=False, help_text=_("Vide : toute la journée."))
    a = HourField(label=_("À"), required=False)
    raison = forms.CharField(label=_("Raison"), required=False, max_length=120)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="absence_%s", label_suffix="", **kwargs)

    def clean(self) -> None:
        """Say on its field what ends before it begins."""
        given = self.cleaned_data
        first, last = given.get("du"), given.get("au")
        if first and last and last < first:
            self.add_error("au", ENDS_BEFORE)
        is_one_day = last is None or last == first
        if is_one_day and given.get("a") and given["a"] <= (given.get("de") or time.min):
            self.add_error("a", ENDS_FIRST)

    def hours(self) -> dict[str, Any]:
        """Return when it begins and ends; without hours, whole days."""
        given = self.cleaned_data
        last: date = given["au"] or given["du"]
        ends_on, ends_at = (last, given["a"]) if given["a"] else (last + ONE_DAY, time.min)
        starts = {"starts_on": given["du"], "starts_at": given["de"] or time.min}
        return {**starts, "ends_on": ends_on, "ends_at": ends_at, "reason": given["raison"].strip()}


class AbsenceForm(PeriodForm):
    """``raison`` is read by the agent and their managers only."""

    repete = forms.ChoiceField(
        label=_("Répétition"),
        initial="once",
        choices=[(each.value, each.label) for each in reversed(OFFERED)],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )
    jusqu = DayField(label=_("Répéter jusqu’au"), required=False, help_text=WITHOUT_END)

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("jusqu") and given.get("du") and given["jusqu"] < given["du"]:
            self.add_error("jusqu", ENDS_BEFORE)


class ClosureForm(PeriodForm):
    maison = forms.TypedChoiceField(
        label=_("Maison"),
        coerce=int,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, data: Any = None, *, places: Iterable[Maison], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["maison"].choices = [(maison.pk, maison.label) for maison in places]

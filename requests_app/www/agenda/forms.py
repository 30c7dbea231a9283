"""The form of an appointment: what, with whom, when and where; no other field is read (threats: W03)."""

import logging
import re
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.opening import PARIS
from requests_app.www.backoffice.triage.listing import YEARS

logger = logging.getLogger(__name__)

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?", re.IGNORECASE)
WRONG_DAY = _("Écrivez une date, par exemple 26/11/2026.")
WRONG_HOUR = _("Écrivez une heure, par exemple 14:30.")


class UnexpectedFields(Exception):
    """Fields that the form does not have were posted."""


class DayField(forms.Field):
    """A day as browsers send it, or as people type it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> date | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            found = _DAY.fullmatch(typed)
            day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed)
        except ValueError:
            raise forms.ValidationError(WRONG_DAY) from None
        if day.year not in YEARS:  # beyond, days cannot be counted
            raise forms.ValidationError(WRONG_DAY)
        return day


class HourField(forms.Field):
    """An hour as browsers send it, or as people type it: « 14 h 30 », « 9h », « 14:30 »."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 300})

    def to_python(self, value: Any) -> time | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        found = _HOUR.fullmatch(typed[:8].replace("\u00a0", " "))
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else time.fromisoformat(typed)
        except ValueError:
            raise forms.ValidationError(WRONG_HOUR) from None


class AppointmentForm(forms.Form):
    """``pourquoi`` is asked once the hours, or another date, refuse; ``tour`` is the round that was read.

    ``deja`` is the appointment already planned that the page showed (current_appointment.py).
    """

    use_required_attribute = False

    sorte = forms.ModelChoiceField(
        label=_("Quel rendez-vous"),
        queryset=AppointmentType.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choisissez le rendez-vous."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    agent = forms.TypedChoiceField(
        label=_("Avec qui"),
        coerce=int,
        error_messages={
            "required": _("Choisissez un agent."),
            "invalid_choice": _("Choisissez un agent de ce lieu."),
        },
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    jour = DayField(label=_("Jour"), error_messages={"required": WRONG_DAY})
    heure = HourField(label=_("Heure"), error_messages={"required": WRONG_HOUR})
    bureau = forms.CharField(label=_("Bureau ou salle"), required=False, max_length=60)
    pourquoi = forms.CharField(
        label=_("Pourquoi à cette heure"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )
    tour = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    deja = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, agents: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, auto_id="rdv_%s", label_suffix="", **kwargs)
        self.fields["sorte"].queryset = AppointmentType.objects.active().order_by("pk")  # type: ignore[attr-defined]
        self.fields["agent"].choices = agents  # type: ignore[attr-defined]
        if data is not None and (others := set(data) - set(self.fields) - {"csrfmiddlewaretoken"}):
            logger.warning("appointment form: %s unexpected fields refused", len(others))
            raise UnexpectedFields

    def clean(self) -> None:
        """Compute the instant, in UTC; an hour skipped by the clock change does not exist (threats: F09)."""
        given = self.cleaned_data
        if not given.get("jour") or not given.get("heure"):
            return
        here = datetime.combine(given["jour"], given["heure"], PARIS)
        starts_at = here.astimezone(UTC)
        if starts_at.astimezone(PARIS).time() != given["heure"]:
            self.add_error("heure", _("Cette heure n’existe pas ce jour-là : on change d’heure."))
        given["starts_at"] = starts_at


def values_of(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment as the form shows it."""
    here = appointment.starts_at.astimezone(PARIS)
    return {
        "sorte": appointment.type_id,
        "agent": appointment.agent_id,
        "jour": here.date(),
        "heure": here.time(),
        "bureau": appointment.room,
        "pourquoi": appointment.outside_reason,
        "tour": appointment.round,
    }

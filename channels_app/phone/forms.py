from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from channels_app.phone.moments import presets, read_value, why_closed
from channels_app.phone.sheet import NOT_SAID, Next, Voice
from requests_app.feedback.models import FeltExperience
from requests_app.maisons.models import Maison
from requests_app.people.models import ContactPoint
from requests_app.tickets.deadlines import PARIS

IN, OUT = "recu", "passe"
FARTHEST = timedelta(days=90)  # a promise beyond that is an appointment
WHEN = _("Écrivez le jour et l’heure promis.")


def when(day: object, hour: object) -> datetime | None:
    """Return the instant of a day and an hour of Lyon; None when one is missing."""
    return datetime.combine(day, hour, PARIS) if day and hour else None  # type: ignore[arg-type]


class PromiseForm(forms.Form):
    """The deadline of a promised call: one of the next openings, or another time after ``now``.

    ``place`` is the Maison that calls; the caller gives both.
    """

    now: datetime
    place: Maison | None = None
    rappel_quand = forms.ChoiceField(
        label=_("Quand rappeler ?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Ce moment est passé : choisissez de nouveau.")},
    )
    rappel_le = forms.DateField(
        label=_("Rappeler le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WHEN},
    )
    rappel_a = forms.TimeField(
        label=_("Avant"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": WHEN},
    )

    def offer_moments(self) -> None:
        """Offer the next openings of the place; nothing chosen means the two fields."""
        field = self.fields["rappel_quand"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*presets(self.place, self.now), ("", _("Autre moment"))]

    def clean_promise(self) -> None:
        """Refuse a promise without an instant, past, too far ahead, or when nobody is there to call."""
        at = self.promised_at
        if at is None:
            self.add_error("rappel_le", WHEN)
        elif at <= self.now:
            self.add_error("rappel_le", _("Ce moment est passé : écrivez un jour et une heure à venir."))
        elif at > self.now + FARTHEST:
            self.add_error("rappel_le", _("C’est dans plus de trois mois : proposez un rendez-vous."))
        elif closed := why_closed(self.place, at):
            self.add_error("rappel_a", closed)

    @property
    def promised_at(self) -> datetime | None:
        typed = self.cleaned_data
        if chosen := typed.get("rappel_quand"):
            return read_value(chosen)
        return when(typed.get("rappel_le"), typed.get("rappel_a"))


class AgainForm(PromiseForm):
    """« Pas joint, réessayer »: the new deadline."""

    def __init__(self, *args: object, now: datetime, place: Maison | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.now, self.place = now, place
        self.offer_moments()

    def clean(self) -> None:
        if not self.errors:
            self.clean_promise()


class CallForm(PromiseForm):
    """The fields of a call, added to the counter's form, which reads ``number``."""

    number: str

    sens = forms.ChoiceField(
        label=_("Qui appelle ?"),
        choices=[(IN, _("La personne")), (OUT, _("Nous"))],
        initial=IN,
        required=False,
        widget=forms.RadioSelect,
    )
    relais = forms.BooleanField(
        label=_("Par un centre relais (personne sourde ou malentendante)"), required=False
    )
    message = forms.ChoiceField(
        label=_("Peut-on laisser un message ?"),
        choices=Voice.choices,
        initial=Voice.UNASKED,
        required=False,
        widget=forms.RadioSelect,
    )

    avis = forms.ChoiceField(
        label=_("« Comment s’est passé ce contact avec nous ? »"),
        choices=[
            ("", _("Pas demandé")),
            *FeltExperience.Level.choices,
            (NOT_SAID, _("Préfère ne pas répondre")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, maison_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "maison_id": maison_id})
        self.place = Maison.objects.filter(pk=maison_id or 0).first()
        self.offer_moments()

    @property
    def asks_opinion(self) -> bool:
        """Return whether surveys are on: the agent may ask at the end of the call."""
        return bool(settings.SURVEYS_ON)

    @property
    def has_call_details(self) -> bool:
        """Return whether the folded fields must be open: something is chosen there."""
        return bool(
            self["avis"].value()
            or self["relais"].value()
            or self["message"].value()
            or self["sens"].value() == OUT
        )

    def clean(self) -> None:
        super().clean()
        if self.is_promised and not {"rappel_quand", "rappel_le", "rappel_a"} & set(self.errors):
            self.clean_promise()

    @property
    def is_promised(self) -> bool:
        return self.cleaned_data.get("suite") == Next.PROMISED

    def check_person(self, person_id: int | None) -> None:
        """Require a number to call back: typed here, or known for the person."""
        if not self.is_promised or self.number:
            return
        points = ContactPoint.objects.filter(person=person_id or 0, kind=ContactPoint.Kind.PHONE)
        if not points.exists():
            self.add_error("telephone", _("Écrivez le numéro à rappeler."))

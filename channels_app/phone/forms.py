from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.phone.sheet import Next, Voice
from requests_app.tickets.deadlines import PARIS

IN, OUT = "recu", "passe"
FARTHEST = timedelta(days=90)  # a promise for later is an appointment
WHEN = _("Écrivez le jour et l’heure promis.")


def when(day: object, hour: object) -> datetime | None:
    """The instant of a day and an hour of Lyon; None when one is missing."""
    return datetime.combine(day, hour, PARIS) if day and hour else None  # type: ignore[arg-type]


class PromiseForm(forms.Form):
    """Until when somebody calls; it is ahead of ``now``, which who builds the form gives."""

    now: datetime
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

    def clean_promise(self) -> None:
        """Refuse a promise without its instant, past, or too far."""
        at = self.promised_at
        if at is None:
            self.add_error("rappel_le", WHEN)
        elif at <= self.now:
            self.add_error("rappel_le", _("Ce moment est passé : écrivez un jour et une heure à venir."))
        elif at > self.now + FARTHEST:
            self.add_error("rappel_le", _("C’est dans plus de trois mois : proposez un rendez-vous."))

    @property
    def promised_at(self) -> datetime | None:
        return when(self.cleaned_data.get("rappel_le"), self.cleaned_data.get("rappel_a"))


class AgainForm(PromiseForm):
    """« Pas joint, réessayer » : until when."""

    def __init__(self, *args: object, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.now = now

    def clean(self) -> None:
        if not self.errors:
            self.clean_promise()


class CallForm(PromiseForm):
    """What a call asks more than a visit; stands on the counter's form."""

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

    @property
    def has_call_details(self) -> bool:
        """The folded fields must be seen: something is chosen there."""
        return bool(self["relais"].value() or self["message"].value() or self["sens"].value() == OUT)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("suite") == Next.PROMISED and not {"rappel_le", "rappel_a"} & set(
            self.errors
        ):
            self.clean_promise()

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channels_app.letter.scans import ScansField
from requests_app.tickets.deadlines import PARIS

OLDEST = timedelta(days=366)  # a letter found later than that is registered with the help of the central team
DAY = _("Écrivez un jour, par exemple 12/03/2026.")
STAR = "*"  # somebody anonymous, as on the counter's form


def _day(label: object, **more: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=False,
        widget=widget,
        error_messages={"invalid": DAY},
        **more,  # type: ignore[arg-type]
    )


class LetterForm(forms.Form):
    """The fields of a letter, added to the counter's form, which knows ``now``."""

    now: datetime
    arrive_le = _day(_("Arrivé le"), initial=timezone.localdate)
    ecrit_le = _day(_("Date écrite sur la lettre"))
    recommande = forms.CharField(label=_("Recommandé n°"), required=False, max_length=30)
    organisme = forms.CharField(label=_("Organisme qui écrit"), required=False, max_length=120)
    destinataire = forms.CharField(label=_("Adressé à"), required=False, max_length=120)
    scans = ScansField(label=_("Scan de la lettre"), required=False)

    @property
    def latest(self) -> date:
        return self.now.astimezone(PARIS).date()

    def clean_arrive_le(self) -> date:
        """Return the day of the stamp; today when the field is empty."""
        day: date = self.cleaned_data["arrive_le"] or self.latest
        if day > self.latest:
            raise forms.ValidationError(_("Ce jour n’est pas encore arrivé."))
        if day < self.latest - OLDEST:
            raise forms.ValidationError(_("C’est il y a plus d’un an : vérifiez la date du tampon."))
        return day

    def clean(self) -> None:
        typed = self.cleaned_data
        written, arrived = typed.get("ecrit_le"), typed.get("arrive_le")
        if written and arrived and written > arrived:
            self.add_error("ecrit_le", _("La lettre serait écrite après son arrivée : vérifiez les dates."))
        if typed.get("organisme") and not (typed.get("qui") or typed.get("personne")):
            typed["qui"] = STAR
        super().clean()
        if self.errors and self.files:
            self.add_error("scans", _("Choisissez de nouveau le scan : la page ne peut pas le garder."))

"""The visit tab of the counter's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_app.frontdesk.key import KEY
from channels_app.frontdesk.sheet import Next, Sheet
from channels_app.noting import ContactSheet, Kind, Wording, common


def _write(noted: ContactSheet, form: forms.Form) -> Sheet:
    return Sheet(**common(noted))


VISIT = Kind(
    channel=KEY,
    code="visite",
    key="v",
    icon="person-walking",
    words=Wording(
        title=_("Visite"),
        new=_("Nouvelle visite"),
        named=_("Visite de %(name)s enregistrée"),
        saved=_("Visite enregistrée"),
        undone=_("Visite annulée."),
        undo=_("Annuler la visite"),
        last=_("Dernière visite"),
    ),
    steps=Next,
    write=_write,
    booking_step=Next.APPOINTMENT,
)

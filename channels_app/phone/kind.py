"""The call tab of the counter's form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from channels_app.noting import ContactSheet, Kind, Wording, common
from channels_app.phone.forms import OUT, CallForm
from channels_app.phone.key import KEY
from channels_app.phone.sheet import Call, Next


def _write(noted: ContactSheet, form: Any) -> Call:
    typed = form.cleaned_data
    return Call(
        **common(noted),
        is_out=typed["sens"] == OUT,
        is_relayed=typed["relais"],
        number=form.number,
        voice=typed["message"],
        felt=typed["avis"],
        promised_at=form.promised_at if noted.next == Next.PROMISED else None,
    )


CALL = Kind(
    channel=KEY,
    code="appel",
    key="a",
    icon="telephone",
    words=Wording(
        title=_("Appel"),
        new=_("Nouvel appel"),
        named=_("Appel de %(name)s noté"),
        saved=_("Appel noté"),
        undone=_("Appel annulé."),
        undo=_("Annuler l’appel"),
        last=_("Dernier appel"),
    ),
    steps=Next,
    write=_write,
    form=CallForm,
    template="phone/_fields.html",
    booking_step=Next.APPOINTMENT,
)

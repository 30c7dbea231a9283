"""The letter tab of the counter's form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from channels_app.letter.forms import LetterForm
from channels_app.letter.key import KEY
from channels_app.letter.sheet import Letter, Next
from channels_app.noting import ContactSheet, Kind, Wording, common


def _write(noted: ContactSheet, form: Any) -> Letter:
    typed = form.cleaned_data
    return Letter(
        **common(noted),
        written_on=typed["ecrit_le"],
        arrived_on=typed["arrive_le"],
        registered_number=typed["recommande"],
        organisation=typed["organisme"],
        addressed_to=typed["destinataire"],
        scans=tuple(typed["scans"]),
    )


LETTER = Kind(
    channel=KEY,
    code="courrier",
    key="c",
    icon="mailbox",
    words=Wording(
        title=_("Courrier"),
        new=_("Nouveau courrier"),
        named=_("Courrier de %(name)s enregistré"),
        saved=_("Courrier enregistré"),
        undone=_("Courrier annulé."),
        undo=_("Annuler le courrier"),
        last=_("Dernier courrier"),
    ),
    steps=Next,
    write=_write,
    form=LetterForm,
    template="letter/_fields.html",
    takes_files=True,
)

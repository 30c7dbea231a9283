"""The address the mail came to; which ticket it joins is decided by `tickets`."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.mailboxes import mailboxes


def look(letter: Letter) -> None:
    if letter.follows:
        return
    if mailboxes.is_a_maisons(letter.address):
        letter.conclude(_("Il a été envoyé à la boîte d’une Maison, %(box)s.") % {"box": letter.address})
    else:
        letter.conclude(_("Il a été envoyé à une boîte générale."))

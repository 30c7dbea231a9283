"""Notices that a message was not delivered: ours is found, the others concern nobody (mail.md, 15)."""

from functools import partial

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.follow_ups import followed, returned_id, undelivered


def look(letter: Letter) -> None:
    mail = letter.mail
    if not mail.is_bounce:
        return
    ours = returned_id(mail)
    if not ours and not followed(mail, letter.address):
        letter.is_noise(_("Avis de non-remise, sans lien avec un envoi connu."))
        return
    learn = partial(undelivered, ours, mail.bounce_recipient, letter.raw, letter.received_at)
    letter.is_noise(_("Avis de non-remise d’un de nos messages."), teaches=learn)

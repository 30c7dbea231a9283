"""A reply to our message, known by the sealed address or by the Message-ID it answers (threats: M07)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.follow_ups import find_followed


def look(letter: Letter) -> None:
    letter.follows = find_followed(letter.mail, letter.address)
    if letter.follows:
        words = _("Il répond à un de nos messages sur la demande %(reference)s.")
        letter.conclude(words % {"reference": letter.follows})

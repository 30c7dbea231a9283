"""Reports of programs: bounces, read receipts, complaints (mail.md, 15 and 18; threats: N03)."""

from functools import partial

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.follow_ups import find_returned, name_message


def look(letter: Letter) -> None:
    if letter.mail.is_bounce:
        _look_at_notice(letter)
    elif letter.mail.report:
        is_receipt = letter.mail.report == "receipt"
        letter.is_noise(_("Accusé de lecture.") if is_receipt else _("Plainte pour courrier indésirable."))


def _look_at_notice(letter: Letter) -> None:
    """Apply a notice to the message of ours that it names, and only for its own recipient."""
    named = name_message(letter.mail, letter.address)
    if named is None:
        letter.is_noise(_("Avis de non-remise, sans lien avec un envoi connu."))
        return
    found = find_returned(letter.mail, named, letter.received_at)
    if found is None:
        letter.is_noise(
            _("Avis de non-remise qui ne vise pas le destinataire de notre message : rien ne change.")
        )
        return
    is_arrival = found.is_arrival
    reason = (
        _("Avis de remise d’un de nos messages.")
        if is_arrival
        else _("Avis de non-remise d’un de nos messages.")
    )
    letter.is_noise(reason, teaches=partial(found.learn, letter.received_at))

"""Automatic mail: discarded when it surely answers one of our messages, processed otherwise (threats: N01).

A word, a signature, a field may only look automatic: then the ticket says so, and nothing replies.
"""

from functools import partial

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.follow_ups import find_followed, note_answer
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.parsing import Understood
from requests_app.tickets.models import Mark


def _is_of_somebody(mail: Understood) -> bool:
    """Return whether its Reply-To is a person: a form of ours may write from our own mailbox."""
    return bool(mail.reply_to) and not mailboxes.is_ours(mail.reply_to or "")


def look(letter: Letter) -> None:
    mail = letter.mail
    if not mail.is_auto or mail.is_list:
        return
    reference = find_followed(mail, letter.address)
    if mail.is_answer and mailboxes.is_ours(mail.from_address or "") and not _is_of_somebody(mail):
        letter.is_noise(_("Réponse automatique d’une de nos boîtes."))
    elif mail.is_answer and reference:
        words = _("C’est une réponse automatique à notre message sur la demande %(reference)s.")
        letter.conclude(words % {"reference": reference})
        letter.is_noise(
            _("Réponse automatique à un de nos messages."),
            teaches=partial(note_answer, mail, letter.address, letter.received_at),
        )
    else:
        letter.marks.append(Mark.MACHINE)
        letter.conclude(_("Il semble écrit par une machine : aucun message automatique ne lui répond."))

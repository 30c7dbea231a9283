"""Who wrote the mail, and how far that is proved (threats: M09)."""

from django.utils.translation import gettext as _

from channels_app.mail.authentication import is_doubted, is_proved
from channels_app.mail.filters.letter import Letter


def look(letter: Letter) -> None:
    if not letter.is_sender_sure or letter.sender not in ("", letter.mail.from_address):
        return
    if not letter.sender:
        letter.conclude(_("Son auteur n’est pas connu."))
    elif is_doubted(letter.mail.authentication):
        letter.remarks.append(_("Le serveur de messagerie doute de l’expéditeur : vérifiez qui écrit."))
        letter.conclude(_("Il dit venir de %(address)s, sans preuve.") % {"address": letter.sender})
    elif is_proved(letter.mail.authentication, letter.sender):
        words = _("Il vient de %(address)s : le serveur de messagerie l’a vérifié.")
        letter.conclude(words % {"address": letter.sender})
    else:
        letter.conclude(_("Il vient de %(address)s.") % {"address": letter.sender})

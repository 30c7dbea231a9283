"""Whose words these are, and how far that is proved (threats: M09)."""

import re

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter

FAILED = re.compile(r"(?i)\b(?:dmarc|spf|dkim)=(?:fail|softfail|permerror)\b")


def look(letter: Letter) -> None:
    if not letter.is_sender_sure:
        return
    if not letter.sender:
        letter.conclude(_("Son auteur n’est pas connu."))
    elif FAILED.search(letter.mail.authentication):
        letter.remarks.append(_("Le serveur de messagerie doute de l’expéditeur : vérifiez qui écrit."))
        letter.conclude(_("Il dit venir de %(address)s, sans preuve.") % {"address": letter.sender})
    else:
        letter.conclude(_("Il vient de %(address)s.") % {"address": letter.sender})

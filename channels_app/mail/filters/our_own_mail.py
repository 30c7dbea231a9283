"""Our own mail coming back, and mail from one of our own mailboxes (threats: M11, M08)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.mailboxes import mailboxes
from requests_app.lib import seals


def look(letter: Letter) -> None:
    mail = letter.mail
    if seals.is_ours(mail.message_id):
        letter.is_noise(_("Un de nos messages nous est revenu."))
    elif mailboxes.is_ours(mail.from_address or ""):
        letter.sender, letter.sender_name = "", mail.from_address or ""
        letter.why_no_answer = _("C’est une de nos propres adresses.")
        letter.conclude(_("Il vient d’une de nos boîtes : son auteur n’est pas un usager."))

"""The Reply-To of a mail: shown beside the address it came from (threats: M09, M12)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter, is_program
from channels_app.mail.mailboxes import mailboxes
from requests_app.people.models import ContactPoint
from requests_app.people.services import has_both, points_at

EMAIL = ContactPoint.Kind.EMAIL
MAX_ADDRESS_LENGTH = 254  # RFC 5321, and what a contact point holds


def look(letter: Letter) -> None:
    mail = letter.mail
    asked, sender = mail.reply_to or "", mail.from_address or ""
    is_passed_on = letter.sender not in ("", sender)
    if not asked or asked == sender or len(asked) > MAX_ADDRESS_LENGTH or mail.is_list or is_passed_on:
        return
    if mailboxes.is_at_work(asked):
        return
    is_form = not sender or is_program(sender) or mailboxes.is_at_work(sender)
    is_known = not is_form and bool(points_at(EMAIL, sender))
    if is_form or (mail.is_auto and not is_known):
        _take_for_author(letter, asked)
        others = [] if mailboxes.is_ours(sender) or not sender else [sender]
        letter.answer_addresses = [(each, False) for each in (asked, *others)]
    elif is_known and not has_both(EMAIL, sender, asked):
        words = _("Il demande une réponse à %(address)s, que nous ne connaissons pas à cette personne.")
        letter.conclude(words % {"address": asked})
        letter.remarks.append(letter.why[-1])
        letter.answer_addresses = [(sender, False), (asked, True)]
    else:
        letter.conclude(_("Il demande une réponse à %(address)s.") % {"address": asked})
        letter.answer_addresses = [(asked, False), (sender, False)]


def _take_for_author(letter: Letter, asked: str) -> None:
    """Take Reply-To as the author of a form: nothing proves it, so a known person is only proposed (M09)."""
    letter.sender, letter.sender_name = asked, letter.mail.reply_to_name or asked
    letter.is_sender_sure = not points_at(EMAIL, asked)
    letter.why_no_answer = letter.why_no_answer or _(
        "Écrit par un formulaire : la personne est à vérifier d’abord."
    )
    letter.conclude(
        _("Écrit par un formulaire, %(form)s, pour %(person)s : à vérifier.")
        % {"form": letter.mail.from_address or "?", "person": asked}
    )
    letter.remarks.append(letter.why[-1])

"""A colleague forwards what a person wrote: that person is the author, once an agent confirms (M08).

Anybody can write « Transféré de » and forge a colleague’s address: so the person is only proposed, and
nothing replies automatically. A colleague is not the person either: an agent says for whom it is.
"""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter, is_program
from channels_app.mail.mailboxes import mailboxes
from requests_app.accounts.models import User


def look(letter: Letter) -> None:
    sender = letter.mail.from_address or ""
    if is_program(sender) or not _is_colleague(sender):
        return
    address, name = letter.mail.forwarded_from
    if address and not mailboxes.is_at_work(address):
        _take_for_author(letter, address, name)
    elif letter.sender and not letter.follows:
        letter.is_sender_sure = False
        letter.conclude(_("Écrit par un collègue : choisissez pour qui est la demande."))


def _take_for_author(letter: Letter, address: str, name: str) -> None:
    letter.sender, letter.sender_name, letter.is_sender_sure = address, name or address, False
    letter.why_no_answer = _("Transféré par un collègue : la personne est à vérifier d’abord.")
    letter.conclude(
        _("Transféré par %(colleague)s ; écrit d’abord par %(person)s, à vérifier.")
        % {"colleague": letter.mail.from_address, "person": address}
    )


def _is_colleague(address: str) -> bool:
    return mailboxes.is_at_work(address) or User.objects.present().filter(email__iexact=address).exists()

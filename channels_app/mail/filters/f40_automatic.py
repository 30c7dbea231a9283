"""What a machine answered: kept with its demand when it answers us, discarded otherwise (RFC 3834)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter
from channels_app.mail.follow_ups import followed
from requests_app.tickets.services.following import is_party_to


def look(letter: Letter) -> None:
    mail = letter.mail
    if not mail.is_auto or mail.is_list:
        return
    reference = followed(mail, letter.address)
    if reference and is_party_to(reference, letter.sender):
        letter.conclude(_("C’est une réponse automatique : la demande n’est pas rouverte."))
    else:
        letter.is_noise(_("Réponse automatique, sans lien avec un envoi connu."))

"""Mailing lists and what a server flags as spam: read, never answered automatically (threats: M11)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter


def look(letter: Letter) -> None:
    if letter.mail.is_list:
        letter.conclude(_("Il a été envoyé à une liste."))
    if letter.mail.is_spam_marked:
        letter.conclude(_("Le serveur de messagerie le croit indésirable."))

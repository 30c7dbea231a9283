"""Commands that help desk software would obey, when they come from outside (threats: M10)."""

from django.utils.translation import gettext as _

from channels_app.mail.filters.letter import Letter


def look(letter: Letter) -> None:
    if letter.mail.control_headers:
        letter.conclude(_("Des ordres pour le logiciel étaient cachés dans l’en-tête : ils sont ignorés."))

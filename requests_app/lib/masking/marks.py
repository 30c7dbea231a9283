"""What stands for a masked piece: characters that nobody types, turned into words at the end."""

import re

from django.utils.translation import gettext as _

MAIL, NUMBER, NAME, OTHER_SCRIPT = "\ue000", "\ue001", "\ue002", "\ue003"
MARKS = re.compile("[\ue000-\ue003]")


def remove_marks(text: str) -> str:
    """Remove those that a text brings, so that nobody forges one."""
    return MARKS.sub(" ", text)


def describe(text: str) -> str:
    """Replace the marks by their words."""
    said = {
        MAIL: _("[adresse mail]"),
        NUMBER: _("[numéro]"),
        NAME: _("[nom]"),
        OTHER_SCRIPT: _("[autre écriture]"),
    }
    return MARKS.sub(lambda found: said[found[0]], text)

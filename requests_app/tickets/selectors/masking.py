"""What a list shows of a ticket: the one place where sensitive ones lose their text (threats: A03).

Lists leave no trace per row, so even those who may read a sensitive ticket must open it (threats: I7).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESERVED = _("Motif réservé")
PROTECTED = _("Personne protégée")
OPEN_TO_READ = _("Ouvrir pour lire. La lecture est notée.")
FOR_HANDLERS = _("Réservée aux gestionnaires de ce lieu.")
NO_TOPIC = _("Sujet à choisir")
NO_PLACE = _("Lieu à choisir")
TO_PASS_ON = _("À transmettre")
NOBODY_NAMED = _("Personne à trouver")


def topic_words(
    label: str | None, proposed: str | None, subject: str, *, is_sensitive: bool
) -> str | Promise:
    """Return the subject shown in a list: the topic, what is proposed, the person's words, or nothing."""
    if is_sensitive:
        return RESERVED
    return label or proposed or subject or NO_TOPIC

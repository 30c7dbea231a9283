"""What every named refusal has: a sentence that can be shown as it is."""

from typing import ClassVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that cannot be done now; each room has its subclass, and may word it differently."""

    message: ClassVar[str | Promise] = _("Cette action n’est pas possible maintenant.")

    def __init__(self, message: str | Promise | None = None, **values: str) -> None:
        """Say ``message``, with ``values`` in its places: apart, so that it can be translated later."""
        self.template, self.values = str(message or self.message), values
        super().__init__(self.template % values if values else self.template)

    @property
    def translated(self) -> str:
        """Return the sentence in the present language; made in French, it is its own message id."""
        words = translation.gettext(self.template)
        return words % self.values if self.values else words

"""What every named refusal has: a sentence that can be shown as it is."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that cannot be done now; each room has its subclass, and may word it differently."""

    message: ClassVar[str | Promise] = _("Cette action n’est pas possible maintenant.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(str(message or self.message))

"""Mask names, phones and mails in what people wrote, before anyone lists it (threats: P06).

Nothing here knows every name: in doubt a word is masked. Those who may open the ticket read it in full.
"""

import unicodedata
from collections.abc import Collection

from requests_app.lib.masking.contacts import mask_contacts
from requests_app.lib.masking.marks import describe, remove_marks
from requests_app.lib.masking.names import mask_names
from requests_app.lib.text import remove_unseen

__all__ = ["mask"]


def mask(text: str, *, names: Collection[str] = (), places: Collection[str] = ()) -> str:
    """Return the text without names, phones and mails.

    ``names`` are known to be of persons, in any case; ``places`` stay, unless they are also a known name.
    """
    seen = remove_marks(unicodedata.normalize("NFC", remove_unseen(text)))
    return describe(mask_names(mask_contacts(seen), names=names, places=places))

"""A line as it is stored before it is parsed."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.contract import Unreadable


@dataclass(frozen=True, slots=True)
class Typed:
    """One line that a person typed. ``thread`` is None in a line that no page of ours wrote.

    ``contact`` is normalised, and its ``contact_kind`` is that of a contact point; "" without one.
    """

    at: datetime
    text: str
    thread: int | None = None
    contact_kind: str = ""
    contact: str = ""
    language: str = ""

    def to_raw(self) -> bytes:
        """Return canonical bytes: the same line always gives the same ones."""
        return json.dumps(
            asdict(self), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


def read_typed(raw: bytes) -> Typed:
    """Read stored bytes; raises Unreadable."""
    try:
        values = json.loads(raw)
        values["at"] = datetime.fromisoformat(values["at"])
        typed = Typed(**values)
        if not typed.text.strip():
            raise ValueError
        return typed
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(_("La ligne du tchat n’a pas pu être relue.")) from error

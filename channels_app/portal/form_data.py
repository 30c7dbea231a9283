"""The submitted form, in the raw form that is stored before it is parsed."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from channels_app.contract import Unreadable

ASK, ADDED = "demande", "message"


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A file already in the file storage."""

    name: str
    file: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Filled:
    """One form as it was sent: ``way`` and ``use`` are its codes, phone and e-mail are normalised.

    ``language`` is that of the interpreter they ask for, ``page_language`` that of the page.
    """

    at: datetime
    topic_code: str
    text: str
    town: str = ""
    address: str = ""
    way: str = ""
    phone: str = ""
    use: str = ""
    voice: str = ""
    email: str = ""
    postal: str = ""
    is_shared: bool = False
    avoid: str = ""
    given_name: str = ""
    family_name: str = ""
    needs: tuple[str, ...] = ()
    language: str = ""
    page_language: str = ""
    papers: tuple[FiledPaper, ...] = ()

    def to_raw(self) -> bytes:
        """Return canonical bytes: the same form always gives the same ones."""
        return _raw(ASK, asdict(self))


@dataclass(frozen=True, slots=True)
class Added:
    """A message or documents added from the page of a ticket; the contact is the one on record.

    ``appointment``: it was written on the page of that appointment, to ask for another date.
    """

    at: datetime
    reference: str
    text: str
    contact_kind: str = ""
    contact: str = ""
    person_id: int | None = None
    appointment: int | None = None
    papers: tuple[FiledPaper, ...] = ()

    def to_raw(self) -> bytes:
        """Return canonical bytes, like a form."""
        return _raw(ADDED, asdict(self))


def _raw(kind: str, values: dict[str, Any]) -> bytes:
    whole = {"kind": kind, **values}
    return json.dumps(whole, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_filled(raw: bytes) -> Filled | Added:
    """Parse stored bytes; raises Unreadable."""
    try:
        values = json.loads(raw)
        kind = values.pop("kind")
        values["at"] = datetime.fromisoformat(values["at"])
        values["papers"] = tuple(FiledPaper(**paper) for paper in values["papers"])
        if kind == ADDED:
            return Added(**values)
        values["needs"] = tuple(values["needs"])
        return {ASK: Filled}[kind](**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(_("Le formulaire n’a pas pu être relu.")) from error

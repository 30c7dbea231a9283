"""The filled form, in the raw form that is stored before it is understood."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.contract import Unreadable

ASK = "demande"


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A file already in the file storage."""

    name: str
    file: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Filled:
    """One form as it was sent: ``way`` and ``use`` are its codes, phone and e-mail are normalised."""

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
    papers: tuple[FiledPaper, ...] = ()

    def to_raw(self) -> bytes:
        """Canonical: the same form always gives the same bytes."""
        values = {"kind": ASK, **asdict(self)}
        return json.dumps(
            values, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


def read_filled(raw: bytes) -> Filled:
    """The form of stored bytes; raises Unreadable."""
    try:
        values = json.loads(raw)
        if values.pop("kind") != ASK:
            raise ValueError
        values["at"] = datetime.fromisoformat(values["at"])
        values["needs"] = tuple(values["needs"])
        values["papers"] = tuple(FiledPaper(**paper) for paper in values["papers"])
        return Filled(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(_("Le formulaire n’a pas pu être relu.")) from error

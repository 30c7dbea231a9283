"""The visit sheet: what the desk wrote, in the raw form that is stored before it is understood."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.contract import Unreadable
from requests_app.people.services import NewPerson


class Next(models.TextChoices):
    """What follows at the counter."""

    QUEUE = "file", _("File d’attente")
    ANSWERED = "repondu", _("Répondu tout de suite")
    APPOINTMENT = "rendez-vous", _("Rendez-vous")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visit as it was written. Without person nor new person the visitor is anonymous.

    ``why`` are words typed for which no topic was chosen; ``ticket_id`` is the open demand it joins.
    """

    at: datetime
    agent_id: int
    maison_id: int
    next: str
    topic_code: str = ""
    why: str = ""
    word: str = ""
    address: str = ""
    person_id: int | None = None
    new_person: NewPerson | None = None
    ticket_id: int | None = None

    def to_raw(self) -> bytes:
        """Canonical: the same sheet always gives the same bytes."""
        text = json.dumps(
            asdict(self), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return text.encode()


def read_sheet(raw: bytes) -> Sheet:
    """The sheet of stored bytes; raises Unreadable."""
    try:
        values = json.loads(raw)
        values["at"] = datetime.fromisoformat(values["at"])
        values["next"] = Next(values["next"])
        values["new_person"] = _read_new(values["new_person"])
        return Sheet(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(_("La fiche de visite n’a pas pu être relue.")) from error


def _read_new(values: dict[str, Any] | None) -> NewPerson | None:
    if values is None:
        return None
    born = values["birth_date"]
    return NewPerson(**{**values, "birth_date": date.fromisoformat(born) if born else None})

"""The call sheet: what an agent wrote of a call, in the raw form that is stored before it is understood."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.noting import Noted, read_noted


class Next(models.TextChoices):
    """What follows a call."""

    PASSED_ON = "transmis", _("Transmis au service")
    ANSWERED = "repondu", _("Répondu tout de suite")
    PROMISED = "rappel", _("Rappel promis")


class Voice(models.TextChoices):
    """Whether a message may be left on the answering machine; "" was not asked."""

    UNASKED = "", _("Pas demandé")
    YES = "oui", _("Oui")
    NO = "non", _("Non")


@dataclass(frozen=True, slots=True)
class Call(Noted):
    """One call. ``number`` is E.164 or ""; ``is_relayed`` when a relay centre for deaf people spoke.

    ``promised_at`` is until when somebody calls again.
    """

    is_out: bool = False
    is_relayed: bool = False
    number: str = ""
    voice: str = Voice.UNASKED
    promised_at: datetime | None = None


def read_call(raw: bytes) -> Call:
    """Return the sheet of stored bytes; raises Unreadable."""
    return read_noted(Call, raw, steps=Next, more=_read_more)


def _read_more(values: dict[str, Any]) -> None:
    values["voice"] = Voice(values["voice"])
    promised = values["promised_at"]
    values["promised_at"] = datetime.fromisoformat(promised) if promised else None

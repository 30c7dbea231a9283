"""The call sheet: what an agent wrote about a call, in the raw form that is stored before it is parsed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.noting import ContactSheet, read_noted
from requests_app.feedback.models import FeltExperience


class Next(models.TextChoices):
    """What happens next after a call."""

    PASSED_ON = "transmis", _("Transmis au service")
    ANSWERED = "repondu", _("Répondu tout de suite")
    PROMISED = "rappel", _("Rappel promis")
    APPOINTMENT = "rendez-vous", _("Rendez-vous")


NOT_SAID = "non"  # asked, and preferred not to answer
FELT = ("", NOT_SAID, *map(str, FeltExperience.Level.values))


class Voice(models.TextChoices):
    """Whether a message may be left on the answering machine; "" when not asked."""

    UNASKED = "", _("Pas demandé")
    YES = "oui", _("Oui")
    NO = "non", _("Non")


@dataclass(frozen=True, slots=True)
class Call(ContactSheet):
    """One call. ``number`` is E.164 or ""; ``is_relayed`` when a relay service for deaf people was used.

    ``promised_at`` is the deadline of the call back. ``felt`` is what the person said of the contact when
    asked: a level, ``NOT_SAID``, or "" when not asked.
    """

    is_out: bool = False
    is_relayed: bool = False
    number: str = ""
    voice: str = Voice.UNASKED
    promised_at: datetime | None = None
    felt: str = ""


def read_call(raw: bytes) -> Call:
    """Parse stored bytes; raises Unreadable."""
    return read_noted(Call, raw, steps=Next, more=_read_more)


def _read_more(values: dict[str, Any]) -> None:
    values["voice"] = Voice(values["voice"])
    if (felt := values.get("felt", "")) not in FELT:
        raise ValueError(f"no such feeling: {felt}")
    promised = values["promised_at"]
    values["promised_at"] = datetime.fromisoformat(promised) if promised else None

"""The visit sheet: what the desk wrote, in the raw form that is stored before it is parsed."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.noting import ContactSheet, read_noted


class Next(models.TextChoices):
    """What happens next at the counter."""

    QUEUE = "file", _("File d’attente")
    ANSWERED = "repondu", _("Répondu tout de suite")
    APPOINTMENT = "rendez-vous", _("Rendez-vous")


@dataclass(frozen=True, slots=True)
class Sheet(ContactSheet):
    """One visit; it has no field beyond those of every contact."""


def read_sheet(raw: bytes) -> Sheet:
    """Parse stored bytes; raises Unreadable."""
    return read_noted(Sheet, raw, steps=Next)

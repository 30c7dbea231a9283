"""The total size of drafts not sent yet, bounded: no robot fills the disk (threats: W02, F05)."""

import time
from datetime import datetime

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from channels_app.portal import limits
from channels_app.portal.limits import Attempt
from channels_app.portal.models import Draft, DraftFile

BLOCK = 4096  # bytes: the minimum that a file takes on a disk
ANSWERS = 8000  # bytes: what a draft without a file takes, with its index
LOOKED_AT_FOR_S = 30.0
_seen = {"until": 0.0, "weight": 0}


class NoRoom(Exception):
    """The files cannot be stored now; the text is in the reader's language."""

    def __str__(self) -> str:
        return _(
            "Nous ne pouvons pas garder de photo maintenant. Continuez sans elle : vous pourrez l’envoyer "
            "plus tard. Ou appelez le %(phone)s."
        ) % {"phone": settings.AUTHORITY_PHONE}


def weight() -> int:
    """Return the bytes stored for drafts that are not sent."""
    drafts = Draft.objects.filter(sent_at=None).count()
    files = DraftFile.objects.filter(draft__sent_at=None)
    return drafts * ANSWERS + int(files.aggregate(sum=Coalesce(Sum(Greatest("size", BLOCK)), 0))["sum"])


def share() -> float:
    """Return the used share of the quota: 1 when nothing more is stored."""
    return weight() / settings.MAX_UNSENT_BYTES


def is_full_lately() -> bool:
    """Return whether the quota is full, at most half a minute ago: every new form asks."""
    if not limits.are_on():
        return False
    if time.monotonic() >= _seen["until"]:
        _seen.update(until=time.monotonic() + LOOKED_AT_FOR_S, weight=weight())
    return _seen["weight"] >= settings.MAX_UNSENT_BYTES


def look_again() -> None:
    """Clear the cached value."""
    _seen["until"] = 0.0


def admit(address: str, sizes: list[int], *, at: datetime) -> None:
    """Admit these files, or raise NoRoom: too much from one address in an hour, or the quota is full."""
    if not limits.are_on() or not sizes:
        return
    asked = Attempt(limits.FILES_BY_ADDRESS, address, times=len(sizes), bytes=sum(sizes))
    if limits.is_over(asked, at=at) or weight() + asked.bytes > settings.MAX_UNSENT_BYTES:
        raise NoRoom
    limits.note(asked, at=at)

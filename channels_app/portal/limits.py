"""Rate limits per IP address or contact for costly actions (threats: W02, W09).

The counts are rows, so that an empty broker loses nothing (I5); the address or contact is hashed with the
server's key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from channels_app.portal.models import Try


@dataclass(frozen=True, slots=True)
class Limit:
    """N per period; ``most_bytes`` in total, when what is counted has a size."""

    kind: str
    most: int
    within: timedelta
    most_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a limited action; an empty ``who`` is not counted."""

    limit: Limit
    who: str
    times: int = 1
    bytes: int = 0


# Many people may share one address (a Maison's wifi); each ticket may cause an SMS (threats: S06).
SEND_BY_ADDRESS = Limit("send_address", 20, timedelta(hours=1))
SEND_BY_CONTACT = Limit("send_contact", 5, timedelta(days=1))
BEGIN_BY_ADDRESS = Limit("begin_address", 120, timedelta(hours=1))
FILES_BY_ADDRESS = Limit("files_address", 200, timedelta(hours=1), most_bytes=500_000_000)
ADD_TO_TICKET = Limit("add_ticket", 30, timedelta(hours=1))  # messages added by the holder of its link
CHANGE_APPOINTMENT = Limit("change_appointment", 20, timedelta(days=1))  # booked, moved, cancelled by link
JOIN_LIST = Limit("join_list", 10, timedelta(days=1))  # of one ticket: each list may offer dates by SMS
# Held, booked, changed, lists joined, whatever the ticket: a desk may help thirty people an hour, a robot
# with a hundred tickets must not take a place's whole week.
BOOK_BY_ADDRESS = Limit("book_address", 90, timedelta(hours=1))
CARD_BY_ADDRESS = Limit("card_address", 60, timedelta(hours=1))  # a Maison where many type theirs
KEPT_FOR = timedelta(days=2)


def are_on() -> bool:
    """Return whether limits apply: GRU_LIMITS=off is for load checks."""
    return bool(settings.LIMITS_ON)


def is_over(*asked: Attempt, at: datetime) -> bool:
    """Return whether one of these limits is reached; one statement for all of them."""
    counted = [(ask, _mine(ask, at)) for ask in asked if ask.who]
    if not are_on() or not counted:
        return False
    sums = {
        f"{what}_{rank}": Coalesce(Sum(what, filter=mine), 0)
        for rank, (_ask, mine) in enumerate(counted)
        for what in ("times", "bytes")
    }
    seen = Try.objects.filter(reduce(or_, (mine for _ask, mine in counted))).aggregate(**sums)
    return any(
        _is_too_much(ask, seen[f"times_{rank}"], seen[f"bytes_{rank}"])
        for rank, (ask, _) in enumerate(counted)
    )


def _mine(ask: Attempt, at: datetime) -> Q:
    return Q(kind=ask.limit.kind, who=_hash(ask.who), at__gt=at - ask.limit.within)


def _is_too_much(ask: Attempt, times: int, weight: int) -> bool:
    limit = ask.limit
    return times + ask.times > limit.most or 0 < limit.most_bytes < weight + ask.bytes


def note(*asked: Attempt, at: datetime) -> None:
    """Count what was done; one statement."""
    if are_on():
        Try.objects.bulk_create(
            Try(kind=ask.limit.kind, who=_hash(ask.who), at=at, times=ask.times, bytes=ask.bytes)
            for ask in asked
            if ask.who
        )


def purge_expired(*, at: datetime) -> int:
    """Delete the attempts that no limit counts any longer; returns how many."""
    return Try.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def _hash(who: str) -> str:
    return salted_hmac("gru.portal.try", who, algorithm="sha256").hexdigest()

"""How often the same address or the same contact may do what costs us (threats: W02, W09).

The counts are rows, so that an empty broker forgets nothing (I5); whoever they name is hashed with the
server's key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from channels_app.portal.models import Try


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so long."""

    kind: str
    most: int
    within: timedelta


# Many people may be behind one address (a Maison's wifi); each demand may make an SMS leave (threats: S06).
SEND_BY_ADDRESS = Limit("send_address", 20, timedelta(hours=1))
SEND_BY_CONTACT = Limit("send_contact", 5, timedelta(days=1))
KEPT_FOR = timedelta(days=2)


def are_on() -> bool:
    """GRU_LIMITS=off is for load checks."""
    return bool(settings.LIMITS_ON)


def is_over(limit: Limit, who: str, *, at: datetime) -> bool:
    """Whether this one did it as often as allowed; nobody is counted under no name."""
    if not are_on() or not who:
        return False
    tries = Try.objects.filter(kind=limit.kind, who=_hidden(who), at__gt=at - limit.within)
    return tries.count() >= limit.most


def note(limit: Limit, who: str, *, at: datetime) -> None:
    """Count one more."""
    if are_on() and who:
        Try.objects.create(kind=limit.kind, who=_hidden(who), at=at)


def forget_old(*, at: datetime) -> int:
    """Remove what no limit looks at any more; returns how many."""
    return Try.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our proxy, what the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return seen.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _hidden(who: str) -> str:
    return salted_hmac("gru.portal.try", who, algorithm="sha256").hexdigest()

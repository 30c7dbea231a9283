"""Which Maisons have staff: what is sent elsewhere waits for the central team."""

from requests_app.access.scope import READERS
from requests_app.accounts.models import Membership, User


def staffed_maisons(user: User) -> frozenset[int]:
    """Return the Maisons where a present agent reads tickets (one statement, cached for the request)."""
    maisons: frozenset[int] | None = getattr(user, "_staffed", None)
    if maisons is None:
        maisons = _read()
        user._staffed = maisons  # type: ignore[attr-defined]
    return maisons


def _read() -> frozenset[int]:
    held = Membership.objects.filter(role__in=READERS, maison__isnull=False, user__is_active=True)
    return frozenset(held.values_list("maison_id", flat=True).distinct())

from datetime import datetime

from requests_app.accounts.models import EVERYWHERE, RightsEvent, User
from requests_app.accounts.news import rights_changed


def trace_key(user: User, kind: str, *, by: User, at: datetime, told_at: str) -> None:
    """Log who changed what opens somebody else's account, and announce it like a grant (threats: N14).

    Anyone who gives a colleague a password, or removes their code, may read in their place. ``told_at`` is
    where that colleague is told: of an address that changed, the former one.
    """
    places = sorted({place or EVERYWHERE for place in user.memberships.values_list("maison_id", flat=True)})
    event = RightsEvent.objects.create(user=user, kind=kind, by=by, at=at, places=places)
    rights_changed(event, also=told_at)

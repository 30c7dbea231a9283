from datetime import datetime

from requests_app.accounts.models import EVERYWHERE, RightsEvent, User
from requests_app.accounts.news import rights_changed


def trace_key(user: User, kind: str, *, by: User, at: datetime, told_at: str) -> None:
    """Note who changed what opens somebody else's account, and tell it like a grant (threats: N14).

    Whoever gives a password to a colleague, or takes their code off, may read in their place. ``told_at`` is
    where that colleague is told: of an address that changed, the former one.
    """
    places = sorted({place or EVERYWHERE for place in user.memberships.values_list("maison_id", flat=True)})
    event = RightsEvent.objects.create(user=user, kind=kind, by=by, at=at, places=places)
    rights_changed(event, also=told_at)

"""Secret addresses of a Maison without sign-in: its public screen, the tablets of its doors (threats: W09).

They are links like those of messages: 128 bits, stored hashed, revoked at once. One of each kind at a time.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from requests_app.maisons.models import Maison
from requests_app.outbox import links

SCREEN, ARRIVAL, EXIT = "screen", "arrival", "exit"
PURPOSES = (SCREEN, ARRIVAL, EXIT)
LASTS = timedelta(days=3650)  # until it is revoked


@transaction.atomic
def create(*, purpose: str, maison_id: int, at: datetime) -> str:
    """Make a new address, which replaces the one there was; return its secret."""
    revoke(purpose=purpose, maison_id=maison_id, at=at)
    key = f"{purpose}:{maison_id}:{uuid4().hex}"
    return links.open_page(key, purpose, maison_id, until=at + LASTS, at=at)


def revoke(*, purpose: str, maison_id: int, at: datetime) -> bool:
    """Close the address; return whether there was one."""
    return bool(links.revoke(purpose, maison_id, at=at))


def maison_of(*, purpose: str, secret: str, at: datetime) -> Maison | None:
    """Return the Maison of an address; None when it is revoked or invented, or the Maison has closed."""
    found = links.resolve(secret, at)
    if found is None or found[0] != purpose:
        return None
    return Maison.objects.current().filter(pk=found[1]).first()


def address_of(*, purpose: str, maison_id: int, at: datetime) -> str | None:
    """Return the whole address in use, for those who may give it; None without one."""
    secret = links.secret_in_use(purpose, maison_id, at=at)
    return settings.PUBLIC_URL + reverse(links.PAGES[purpose].view, args=[secret]) if secret else None

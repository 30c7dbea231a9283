"""Pages that messages and letters name; the rooms that have them register their views at start."""

from django.conf import settings
from django.urls import reverse

from requests_app.lib.registry import Registry

RIGHTS = "rights"  # lists the changes of rights
BY_NUMBER = "by_number"  # shows a ticket to whoever has its number and a code
CARD = "card"  # takes the code of a card
LEFT = "left"  # says that a page is closed in this browser

VIEWS: Registry[str, str] = Registry("page")


def address_of(page: str) -> str:
    """Build its address on the configured host; "" when no room has such a page."""
    return f"{settings.PUBLIC_URL}{reverse(VIEWS[page])}" if page in VIEWS else ""

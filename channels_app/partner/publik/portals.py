"""The portals of the settings: where they are, what they call us, the key we share."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Portal:
    """``host`` names it in its signatures, ``orig`` names us in ours; one key serves both ways."""

    base: str
    host: str
    orig: str
    key: str

    def has(self, url: str) -> bool:
        """Tell whether an address is on this portal."""
        return url.startswith(f"{self.base}/")


def portals() -> tuple[Portal, ...]:
    """Return the portals of ``GRU_PUBLIK_PORTALS``."""
    return _portals(settings.PUBLIK_PORTALS, settings.PUBLIC_URL)


def portal_at(url: str) -> Portal | None:
    """Return the portal that an address is on; None when it is no portal of ours: nothing goes there."""
    return next((each for each in portals() if each.has(url)), None)


def key_of(host: str) -> str:
    """Return the key of the portal that signs under this name; "" when there is none."""
    return next((each.key for each in portals() if each.host == host.lower()), "")


@lru_cache(maxsize=4)
def _portals(written: str, public_url: str) -> tuple[Portal, ...]:
    return tuple(filter(None, (_portal(each, public_url) for each in written.split())))


def _portal(written: str, public_url: str) -> Portal | None:
    """Read ``https://name:key@host``; without a name, portals know us by the host of our own address."""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"https", "http"} or not host or not parts.password:
        return None
    base = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    orig = unquote(parts.username or "") or urlsplit(public_url).hostname or ""
    return Portal(base, host, orig, unquote(parts.password))


def is_understood(written: str) -> bool:
    """Tell whether one portal of the setting can be read."""
    return _portal(written, "") is not None

"""Where a request comes from: the single answer used by every limit by address (threats: N07, W02, W14)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

WAS_FORWARDED = "gru.was_forwarded"  # in the environment: our web server removes the headers that say so
PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
SPOKEN_THROUGH = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")  # and every X-Forwarded-…
WHOLE_HOUSE = 64  # bits: one subscriber may use any address of a /64


def address_of(request: HttpRequest) -> str:
    """Return the caller's address; behind our proxy (GRU_BEHIND_PROXY) the one the proxy saw.

    The proxy appends what it saw to the header: anybody may have written what stands before it.
    """
    near = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return _text(_parse(near)) or near
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    return _text(_parse(seen)) or _text(_parse(near)) or near


def address_or_none(request: HttpRequest) -> str | None:
    """Return the same, or None, for a column that holds addresses only."""
    return _text(_parse(address_of(request))) or None


def is_private(request: HttpRequest) -> bool:
    """Tell whether this machine or a private network calls directly: behind a proxy everybody would."""
    if request.META.get(WAS_FORWARDED) or any(map(says_forwarded, request.META)):
        return False
    address = _parse(str(request.META.get("REMOTE_ADDR", "")))
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address is not None and (address.is_loopback or any(address in network for network in PRIVATE))


def says_forwarded(name: str) -> bool:
    """Tell whether a header, as WSGI names it, says that somebody speaks through a proxy."""
    return name in SPOKEN_THROUGH or name.startswith("HTTP_X_FORWARDED")


def _parse(given: str) -> IPv4Address | IPv6Address | None:
    """Parse an address, also with the port that some proxies add."""
    bare = given.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return ip_address(bare.partition("%")[0])
    except ValueError:
        return None


def _text(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, WHOLE_HOUSE), strict=False).network_address)

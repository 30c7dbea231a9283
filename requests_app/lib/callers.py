"""Where a request comes from: the single answer used by every limit by address (threats: N07, W02, W14)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

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

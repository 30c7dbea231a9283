"""Which addresses a push may reach: no private one, however it is written or resolved (threats: W08)."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.lib.refusals import Refused

Address = IPv4Address | IPv6Address
PORTS = {"http": 80, "https": 443}
# Names that never lead outside of a machine or a network (RFC 6761, 6762, 8375; ICANN for .internal).
LOCAL_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
)
NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class Unresolved(Refused):
    """Raised when a name leads nowhere now."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a push goes, as its address says."""

    is_tls: bool
    host: str
    port: int
    path: str


def parse(url: str) -> Target:
    """Read a URL; raises Refused, in words, when it is not one of a web service."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise Refused(_("Écrivez une adresse web complète, comme https://exemple.fr/evenements.")) from None
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme not in PORTS or not host or not is_plain or port == 0:
        raise Refused(_("Écrivez une adresse web complète, comme https://exemple.fr/evenements."))
    if "@" in parts.netloc or parts.fragment:
        raise Refused(_("Ôtez de l’adresse le mot de passe et ce qui suit « # »."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or PORTS[parts.scheme], path)


def check_url(url: str) -> None:
    """Refuse an address that a push may not reach; a name that leads nowhere yet is tried when pushing."""
    try:
        resolve(parse(url))
    except Unresolved:
        return


def resolve(target: Target) -> str:
    """Return the IP address to connect to, once all that the name leads to are allowed."""
    if not settings.PUSH_NETWORKS and not is_named_outside(target.host.lower()):
        raise Refused(_say_private())  # else its addresses are judged
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unresolved(_("Cette adresse ne mène nulle part.")) from None
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or not all(map(is_allowed, addresses)):
        raise Refused(_say_private())
    return str(addresses[0])


def is_named_outside(name: str) -> bool:
    """Tell whether a name may lead outside: it has a domain, which is not one of local networks."""
    if ":" in name or name.replace(".", "").isdigit():
        return True  # an IP address, judged as such
    return "." in name and not any(name == end or name.endswith(f".{end}") for end in LOCAL_NAMES)


def is_allowed(address: Address) -> bool:
    """Tell whether a push may connect there: in public, or in a network of GRU_PUSH_NETWORKS."""
    inner = unwrap(address)
    if any(_holds(network, inner) or _holds(network, address) for network in settings.PUSH_NETWORKS):
        return settings.EMBEDDED or not (inner.is_loopback or address.is_loopback)
    return all(map(is_public, {inner, address}))


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the Internet; Python takes the old site-local ones for global."""
    is_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or is_local)


def unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one carries: mapped, compatible, 6to4, Teredo, NAT64."""
    if not isinstance(address, IPv6Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    if address.teredo:
        return address.teredo[1]
    last = int(address) & 0xFFFFFFFF
    if any(address in network for network in NAT64):
        return IPv4Address(last)
    is_compatible = address in IPv6Network("::/96") and last > 1
    return IPv4Address(last) if is_compatible else address


def _holds(network: object, address: Address) -> bool:
    return getattr(network, "version", 0) == address.version and address in network  # type: ignore[operator]


def _say_private() -> str:
    return str(_("Cette adresse est privée : donnez une adresse ouverte sur Internet."))

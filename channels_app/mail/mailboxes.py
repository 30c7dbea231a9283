"""The addresses we receive mail for: our own mailboxes, sealed addresses, and those of the Maisons."""

import time
from collections import Counter
from collections.abc import Iterable

from django.conf import settings

from channels_app.mail.door.addresses import is_readable
from requests_app.lib.seals import reference_of_address
from requests_app.maisons.models import Maison

FRESH_FOR_S = 60.0
# Beside that of GRU_MAIL_FROM; every mail domain must accept the last two (RFC 5321, RFC 2142).
LOCAL_PARTS = frozenset({"demandes", "accueil", "postmaster", "abuse"})
MIN_MAILBOXES = 3  # mailboxes of Maisons at a domain before it counts as the authority's
# Where anybody has a mailbox: a small Maison may have one there, which makes its other users no colleagues.
PROVIDER_NAMES = """
aliceadsl aol bbox bouyguestelecom club-internet free gmail gmx googlemail hotmail icloud laposte live
mac mail me msn neuf numericable orange outlook pm proton protonmail sfr wanadoo yahoo yandex ymail
zaclys
"""
PROVIDERS = frozenset(PROVIDER_NAMES.split())


class Mailboxes:
    """Our mailboxes, cached in memory: the door asks for each recipient, a worker for each mail."""

    def __init__(self) -> None:
        self._maisons: frozenset[str] = frozenset()
        self._names: frozenset[str] = frozenset()
        self._staff_domains: frozenset[str] = frozenset()
        self._read_at: float | None = None

    @property
    def is_known(self) -> bool:
        """Return whether the Maisons could be read once: before that, a refusal would be too early."""
        return self._read_at is not None

    def refresh(self) -> None:
        """Read the Maisons again, closed ones too: people still write to them."""
        emails = Maison.objects.exclude(email="").values_list("email", flat=True)
        self._maisons = frozenset(email.lower() for email in emails)
        self._names = frozenset(email.partition("@")[0] for email in self._maisons)
        self._staff_domains = staff_domains(self._maisons)
        self._read_at = time.monotonic()

    def refresh_when_old(self) -> None:
        if self._read_at is None or time.monotonic() - self._read_at > FRESH_FOR_S:
            self.refresh()

    def serves(self, address: str) -> bool:
        """Return whether this address is at our domain or a Maison's; anything else would be relaying."""
        return _domain(address) == settings.MAIL_DOMAIN or _bare(address) in self._maisons

    def exists(self, address: str) -> bool:
        """Return whether somebody reads this address, so that a door may take mail for it (threats: N13).

        With any +detail and in any case; a sealed address is ours only if the seal is.
        """
        bare = _bare(address)
        if self.is_a_maisons(bare):
            return True
        if _domain(bare) != settings.MAIL_DOMAIN:
            return False
        known = LOCAL_PARTS | {settings.MAIL_FROM.lower().partition("@")[0]}
        return bare.rpartition("@")[0] in known or bool(reference_of_address(address))

    def is_ours(self, address: str) -> bool:
        """Return whether a sender's address is one of ours; closed Maisons too."""
        self.refresh_when_old()
        return bool(address) and self.serves(address)

    def is_at_work(self, address: str) -> bool:
        """Return whether the authority's own staff write from it: at the domain that its Maisons share."""
        self.refresh_when_old()
        return bool(address) and (self.serves(address) or _domain(address) in self._staff_domains)

    def service_of(self, address: str) -> str:
        """Return the service of an address: a Maison's names are one, general ones too (threats: M06)."""
        self.refresh_when_old()
        bare = _bare(address)
        if self.is_a_maisons(bare):
            return bare.partition("@")[0]
        return address.lower() if reference_of_address(address) else ""

    def first_of_ours(self, addresses: Iterable[str], *, default: str = "") -> str:
        """Return the first address that is ours, in lower case, else the default or the general mailbox."""
        ours = (address.lower() for address in addresses if is_readable(address) and self.serves(address))
        return next(ours, default or general_mailbox())

    def is_a_maisons(self, address: str) -> bool:
        """Return whether it is a Maison's, by its own address or by the same name at our domain."""
        bare = _bare(address)
        if _domain(bare) != settings.MAIL_DOMAIN:
            return bare in self._maisons
        return bare.rpartition("@")[0] in self._names


def general_mailbox() -> str:
    """Return the mailbox of mail that names no address of ours, though we received it."""
    return f"accueil@{settings.MAIL_DOMAIN}"


def mailbox_of(address: str) -> str:
    """Return the mailbox of an address, in lower case and without +detail; a sealed one is its own."""
    return address.lower() if reference_of_address(address) else _bare(address)


def staff_domains(maisons: Iterable[str]) -> frozenset[str]:
    """Return the domains of Maisons' mailboxes that only the authority's own staff use."""
    shared = Counter(_domain(email) for email in maisons)
    own = {domain for domain, count in shared.items() if count >= MIN_MAILBOXES}
    return frozenset(domain for domain in own if domain.partition(".")[0] not in PROVIDERS)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _bare(address: str) -> str:
    """Return an address without its +detail."""
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


mailboxes = Mailboxes()

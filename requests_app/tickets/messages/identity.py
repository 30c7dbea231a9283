"""Who signs: the Maison in charge, or the contact centre while no Maison is (CRPA, art. R112-5)."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings


class Place(Protocol):
    """A Maison, or what the cached territory knows of it."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """What a letterhead says; empty lines are left out.

    ``agent`` is the agent in charge of one ticket there; only receipts name them.
    """

    name: str
    address: str
    phone: str
    email: str
    agent: str = ""


def identity_of(maison: Place | None) -> Identity:
    """Return the letterhead of a Maison, or of the authority."""
    if maison is None:
        return Identity(settings.AUTHORITY_NAME, settings.AUTHORITY_ADDRESS, settings.AUTHORITY_PHONE, "")
    address = ", ".join(part for part in (maison.address, maison.town) if part)
    return Identity(maison.name, address, maison.phone or settings.AUTHORITY_PHONE, maison.email)

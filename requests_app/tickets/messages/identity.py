"""Who speaks: the Maison in charge, or the contact centre while no Maison is (CRPA, art. R112-5)."""

from dataclasses import dataclass

from django.conf import settings

from requests_app.maisons.models import Maison


@dataclass(frozen=True, slots=True)
class Identity:
    """What a letter-head says; empty lines are not written."""

    name: str
    address: str
    phone: str
    email: str


def identity_of(maison: Maison | None) -> Identity:
    """The letter-head of a Maison, or of the authority."""
    if maison is None:
        return Identity(settings.AUTHORITY_NAME, "", settings.AUTHORITY_PHONE, "")
    address = ", ".join(part for part in (maison.address, maison.town) if part)
    return Identity(maison.name, address, maison.phone or settings.AUTHORITY_PHONE, maison.email)

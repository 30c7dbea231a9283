"""Where a person lives, from what was given as such: the INSEE code wins, then the address."""

import re

from django.utils.translation import gettext as _

from requests_app.routing.addresses import Location, where_addressed
from requests_app.routing.evidence import Evidence
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.territory import Territory

_INSEE = re.compile(r"(\d{2}|2[AB])\d{3}[A-Z]?")


def where_written(evidence: Evidence, territory: Territory) -> Location | None:
    """Read the place given as such: the INSEE code wins, then the postal code and the address."""
    address = where_addressed(evidence.address, evidence.postal_code, territory)
    insee = evidence.insee.strip().upper()
    if not insee:
        return address
    if insee not in territory.places:
        return _unknown_insee(insee, address)
    place = territory.places[insee]
    own_code = place.postal_codes[0] if place.level == "commune_deleguee" else ""
    step = _("Commune donnée : %(name)s.") % {"name": place.name}
    found = Location(frozenset({insee}), own_code, steps=(step,))
    return _narrow(found, address, territory) if address else found


def _unknown_insee(insee: str, address: Location | None) -> Location | None:
    if not _INSEE.fullmatch(insee):
        return address
    step = _("Commune donnée (%(insee)s) : hors du territoire.") % {"insee": insee}
    if address and not address.is_outside:
        return Location(
            address.places, address.postal_code, Confidence.LOW, is_sure=False, steps=(step, *address.steps)
        )
    return Location(is_outside=True, steps=(step,))


def _narrow(found: Location, address: Location, territory: Territory) -> Location:
    """Let the address choose the arrondissement or the postal code inside the commune of the INSEE code."""
    (insee,) = found.places
    inside = frozenset(place for place in address.places if territory.is_within(place, insee))
    if inside and address.is_sure:
        return Location(inside, address.postal_code, found.confidence, steps=(*found.steps, *address.steps))
    if inside or any(territory.is_within(insee, place) for place in address.places):
        return Location(
            found.places, found.postal_code or address.postal_code, found.confidence, steps=found.steps
        )
    step = _("L’adresse écrite nomme un autre lieu : la commune donnée l’emporte, à vérifier.")
    return Location(found.places, found.postal_code, Confidence.LOW, steps=(*found.steps, step))

"""Which Maisons serve a place."""

from dataclasses import dataclass

from requests_app.routing.evidence import weakest
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.territory import Service, Territory


@dataclass(frozen=True, slots=True)
class Serving:
    """The Maisons to choose from (one: that one), and what is near without being the answer."""

    sites: tuple[str, ...] = ()
    confidence: Confidence = Confidence.LOW
    note: str = ""
    local: tuple[str, ...] = ()
    shut: tuple[str, ...] = ()
    lacks_part: str = ""


def serving(places: frozenset[str], postal_code: str, territory: Territory) -> Serving:
    """Combine the coverage of several places; communes served by the same Maison yield that one."""
    services: list[Service] = []
    lacks_part = ""
    for insee in sorted(places):
        own = _services_of(insee, postal_code, territory)
        if not own and insee in territory.children:
            lacks_part = territory.places[insee].name
            own = [s for part in territory.children[insee] for s in _services_of(part, "", territory)]
        services += own
    chosen = [s for s in services if s.role in ("primary", "candidate")]
    return Serving(
        sites=_order({s.site for s in chosen}, territory),
        confidence=weakest(*(s.confidence for s in chosen)) if chosen else Confidence.LOW,
        note=chosen[0].note if len(places) == 1 and len(chosen) == 1 else "",
        local=_order({s.site for s in services if s.role == "local"}, territory),
        shut=_order({s.site for s in services if s.role == "closed"}, territory),
        lacks_part=lacks_part,
    )


def _services_of(insee: str, postal_code: str, territory: Territory) -> list[Service]:
    """Return the rows of a place; a row for its postal code excludes those for the whole commune."""
    place = territory.places[insee]
    services = territory.services_of.get(insee, ())
    if not services and place.parent and place.level == "commune_deleguee":
        services = territory.services_of.get(place.parent, ())
        postal_code = place.postal_codes[0]
    if not postal_code:
        return list(services)
    exact = [s for s in services if s.postal_code == postal_code]
    return exact or [s for s in services if not s.postal_code]


def _order(codes: set[str], territory: Territory) -> tuple[str, ...]:
    return tuple(code for code in territory.sites if code in codes)


def nearest_first(
    sites: tuple[str, ...], lat: float | None, lon: float | None, territory: Territory
) -> tuple[str, ...]:
    """Order by distance when a point is given; flat-earth distances suffice within a territory."""
    if lat is None or lon is None:
        return sites

    def distance(code: str) -> float:
        site = territory.sites[code]
        if site.lat is None or site.lon is None:
            return float("inf")
        return (site.lat - lat) ** 2 + ((site.lon - lon) * 0.7) ** 2

    return tuple(sorted(sites, key=distance))

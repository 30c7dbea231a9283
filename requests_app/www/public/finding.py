"""Which places to show: all of them, or the nearest to somewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.maisons import opening
from requests_app.maisons.labels import place_label
from requests_app.maisons.mapping import Point, km_between
from requests_app.maisons.models import Commune, Maison
from requests_app.routing.addresses import where_addressed
from requests_app.routing.geocoder import locate
from requests_app.routing.serving import serving
from requests_app.routing.territory import current
from requests_app.slots.models import Closure
from requests_app.visits.waits import Wait, waits_at
from requests_app.www.public.closing import closure_at, closures_of, describe_closure_now

NEAREST = 6
ON_FOOT_KM = 2.0
KM_PER_MINUTE = 0.07  # a slow walk, 4 km/h, streets included


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked: an address in words or a point, and what the place must offer."""

    address: str = ""
    point: Point | None = None
    is_open_now: bool = False
    is_open_on_saturday: bool = False


@dataclass(frozen=True, slots=True)
class Somewhere:
    """Where the person is: exact when a phone or the geocoder said it, else the middle of the commune."""

    point: Point
    name: str
    is_exact: bool
    insees: frozenset[str]
    served_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A Maison as the page shows it; ``km`` is None when nobody said where they are."""

    maison: Maison
    is_open: bool | None
    hours: str
    km: float | None = None
    is_competent: bool = False
    is_exact: bool = True  # measured from where the person is, not from the middle of a commune
    wait: Wait | None = None
    closures: Sequence[Closure] = ()

    @property
    def point(self) -> Point | None:
        maison = self.maison
        return None if maison.lat is None or maison.lon is None else (maison.lon, maison.lat)

    @property
    def minutes_on_foot(self) -> int | None:
        near = self.is_exact and self.km is not None and self.km <= ON_FOOT_KM
        return max(1, round(self.km / KM_PER_MINUTE)) if near and self.km is not None else None


class NotFound(ValueError):
    """The address names no place that we know; the text says what to write."""


def where(question: Question) -> Somewhere | None:
    """Locate the person; raise NotFound."""
    if question.point:
        return Somewhere(question.point, "", True, frozenset(), frozenset())
    if not question.address:
        return None
    territory = current()
    found = where_addressed(question.address, "", territory)
    if found and found.is_outside:
        raise NotFound(_("Cette adresse est hors de notre territoire. Voici tous nos lieux."))
    if not found or not found.places:
        raise NotFound(
            _("Nous ne connaissons pas ce lieu. Écrivez une commune ou un code postal, par exemple 69100.")
        )
    served = serving(found.places, found.postal_code, territory)
    served_by = frozenset(served.sites) if len(served.sites) == 1 else frozenset()
    if point := locate(question.address, found.places):
        return Somewhere(point, "", True, found.places, served_by)
    return _middle(found.places, served_by)


def _middle(insees: frozenset[str], served_by: frozenset[str]) -> Somewhere | None:
    communes = list(Commune.objects.filter(insee_code__in=insees).exclude(lat=None).order_by("pk"))
    if not communes:
        return None
    lon = sum(commune.lon or 0 for commune in communes) / len(communes)
    lat = sum(commune.lat or 0 for commune in communes) / len(communes)
    return Somewhere((lon, lat), place_label(communes[0].name), False, insees, served_by)


def places(question: Question, somewhere: Somewhere | None, at: datetime) -> list[Place]:
    """Return the places that match, the nearest first, or by name when nobody said where."""
    maisons = Maison.objects.current().select_related("commune").order_by("label", "pk")
    maisons = maisons.exclude(public_access=Maison.PublicAccess.NO)
    listed = list(maisons)
    closures = closures_of(listed, at)
    every = (_place(maison, somewhere, closures.get(maison.pk, []), at) for maison in listed)
    found = [place for place in every if _offers(place, question)]
    if somewhere is None:
        return found
    return sorted(found, key=lambda place: (not place.is_competent, place.km is None, place.km or 0))


def place_of(maison: Maison, at: datetime) -> Place:
    closures = closures_of([maison], at).get(maison.pk, [])
    return add_waits([_place(maison, None, closures, at)], at)[0]


def add_waits(found: Iterable[Place], at: datetime) -> list[Place]:
    """Add how long people wait there now, where it is known and not closed; one statement."""
    listed = list(found)
    waits = waits_at([place.maison for place in listed if not closure_at(place.closures, at)], at)
    return [replace(place, wait=waits.get(place.maison.pk)) for place in listed]


def _offers(place: Place, question: Question) -> bool:
    if question.is_open_now and not place.is_open:
        return False
    return not question.is_open_on_saturday or opening.is_open_on_saturday(place.maison)


def _place(maison: Maison, somewhere: Somewhere | None, closures: list[Closure], at: datetime) -> Place:
    is_open = opening.is_open(maison, at) and not closure_at(closures, at)
    hours = describe_closure_now(maison, closures, at) or opening.describe_now(maison, at)
    place = Place(maison, is_open, hours, closures=closures)
    if somewhere is None:
        return place
    km = km_between(place.point, somewhere.point) if place.point else None
    is_competent = maison.code in somewhere.served_by
    return replace(place, km=km, is_competent=is_competent, is_exact=somewhere.is_exact)


def points(found: Iterable[Place]) -> list[Point]:
    return [place.point for place in found if place.point]

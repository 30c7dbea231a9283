"""The territory in memory: a few hundred rows, read once per process and after each change."""

from dataclasses import dataclass
from functools import cached_property

from requests_app.catalog.models import Topic
from requests_app.maisons.cache import Remembered
from requests_app.maisons.models import Commune, Maison, SpokenPlace, TownHall
from requests_app.routing.models import Coverage
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.names import Mention, NameIndex
from requests_app.routing.strangers import Stranger, StrangerIndex


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, an arrondissement or a delegated commune."""

    insee: str
    name: str
    level: str
    parent: str
    postal_codes: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A Maison that is not closed."""

    pk: int
    code: str
    name: str
    label: str
    insee: str
    parent: str
    is_principal: bool
    email: str
    phone: str
    address: str
    town: str  # « 69008 Lyon »
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Service:
    """One row of the coverage."""

    insee: str
    postal_code: str
    site: str
    role: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name that people give to a place, or that of a neighbouring commune."""

    name: str
    insee: str
    is_outside: bool
    postal_codes: tuple[str, ...]


@dataclass(frozen=True)
class Territory:
    """Everything the resolver needs, by code."""

    places: dict[str, Place]
    sites: dict[str, Site]
    services: tuple[Service, ...]
    town_halls: frozenset[str]
    topics: dict[str, Topic]
    spoken: tuple[Spoken, ...] = ()

    @cached_property
    def by_postal_code(self) -> dict[str, frozenset[str]]:
        """Return the smallest places of each postal code: an arrondissement rather than its town."""
        found: dict[str, set[str]] = {}
        for place in self.places.values():
            for code in place.postal_codes:
                found.setdefault(code, set()).add(place.insee)
        return {code: self.smallest(frozenset(insees)) for code, insees in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place in self.places.values():
            if place.parent:
                found.setdefault(place.parent, []).append(place.insee)
        return {parent: tuple(insees) for parent, insees in found.items()}

    @cached_property
    def names(self) -> NameIndex:
        spoken = ((s.name, s.insee) for s in self.spoken if not s.is_outside and s.insee in self.places)
        return NameIndex(self.places.values(), self.children, spoken)

    @cached_property
    def strangers(self) -> StrangerIndex:
        around = (s for s in self.spoken if s.is_outside and s.insee not in self.places)
        return StrangerIndex((s.name, s.postal_codes) for s in around)

    def mentions(self, words: list[str]) -> tuple[list[Mention], list[Stranger]]:
        """List our places and neighbours that tokens name; the longer of two overlapping names wins."""
        ours, others = list(self.names.mentions(words)), list(self.strangers.mentions(words))
        lengths = {at: m.end - m.start for m in ours for at in range(m.start, m.end)}
        others = [
            o for o in others if o.end - o.start > max(lengths.get(at, 0) for at in range(o.start, o.end))
        ]
        theirs = {at for other in others for at in range(other.start, other.end)}
        return [m for m in ours if theirs.isdisjoint(range(m.start, m.end))], others

    @cached_property
    def services_of(self) -> dict[str, tuple[Service, ...]]:
        found: dict[str, list[Service]] = {}
        for service in self.services:
            found.setdefault(service.insee, []).append(service)
        return {insee: tuple(services) for insee, services in found.items()}

    @cached_property
    def by_mailbox(self) -> dict[str, tuple[Site, ...]]:
        """Return the sites of a service mailbox, by its full address and by its local part."""
        found: dict[str, list[Site]] = {}
        for site in self.sites.values():
            if site.email:
                for key in (site.email, site.email.partition("@")[0]):
                    found.setdefault(key, []).append(site)
        return {key: tuple(sites) for key, sites in found.items()}

    @cached_property
    def site_of(self) -> dict[int, Site]:
        """Return each Maison that is not closed, by its key."""
        return {site.pk: site for site in self.sites.values()}

    @cached_property
    def code_of(self) -> dict[int, str]:
        """Return the code of each Maison by its key."""
        return {site.pk: site.code for site in self.sites.values()}

    def smallest(self, insees: frozenset[str]) -> frozenset[str]:
        """Leave out the places of which a part is named too."""
        parents = {self.places[insee].parent for insee in insees}
        return insees - parents

    def is_within(self, insee: str, whole: str) -> bool:
        return insee == whole or self.places[insee].parent == whole


def load() -> Territory:
    """Read the territory: six statements."""
    places = [
        Place(
            c.insee_code,
            c.name,
            c.level,
            c.parent.insee_code if c.parent else "",
            tuple(c.postal_codes),
            tuple(c.aliases),
        )
        for c in Commune.objects.current().select_related("parent").order_by("pk")
    ]
    sites = [
        Site(
            m.pk,
            m.code,
            m.name,
            m.label,
            m.commune.insee_code,
            m.parent.code if m.parent else "",
            m.is_principal,
            m.email,
            m.phone,
            m.address,
            m.town,
            m.lat,
            m.lon,
        )
        for m in Maison.objects.current().select_related("commune", "parent").order_by("pk")
    ]
    open_codes = {site.code for site in sites}
    services = [
        Service(c.commune.insee_code, c.postal_code, c.maison.code, c.role, Confidence(c.confidence), c.note)
        for c in Coverage.objects.select_related("commune", "maison").order_by("maison_id", "pk")
        if c.maison.code in open_codes
    ]
    return Territory(
        places={place.insee: place for place in places},
        sites={site.code: site for site in sites},
        services=tuple(services),
        town_halls=frozenset(TownHall.objects.values_list("commune__insee_code", flat=True)),
        topics={topic.code: topic for topic in Topic.objects.active()},
        spoken=tuple(
            Spoken(s.name, s.insee_code, s.kind == SpokenPlace.Kind.OUTSIDE, tuple(s.postal_codes))
            for s in SpokenPlace.objects.order_by("pk")
        ),
    )


_remembered = Remembered(load)


def current() -> Territory:
    """Return the territory of now: one statement, unless it has changed since this process read it."""
    return _remembered()

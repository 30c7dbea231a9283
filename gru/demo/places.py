"""Where invented people live, which Maison answers them, and which agents work there."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from requests_app.accounts.models import Membership, Role, User
from requests_app.maisons.models import Commune
from requests_app.routing import resolver, territory
from requests_app.routing.evidence import Answer, Evidence

LIMELIGHT = 15  # a newcomer signs in at one of a few Maisons, and must find life there


@dataclass(frozen=True, slots=True)
class Home:
    """A commune or an arrondissement where people live."""

    insee: str
    name: str
    postal_code: str
    site_codes: tuple[str, ...]


class Map:
    """The territory of the demo: homes drawn by population, answers of the real resolver.

    ``shown`` are the Maisons where someone can sign in.
    """

    def __init__(self, random: Random, *, shown: frozenset[int]) -> None:
        self.random, self.shown = random, shown
        self.territory = territory.current()
        self._answers: dict[tuple[str, str], Answer] = {}
        self.homes, self._weights = self._read_homes()

    def home(self) -> Home:
        return self.random.choices(self.homes, self._weights)[0]

    def answer(self, home: Home, topic: str) -> Answer:
        """Return the resolver's answer for an address there; computed once for each commune and topic."""
        key = (home.insee, topic)
        if key not in self._answers:
            self._answers[key] = resolver.resolve(Evidence(insee=home.insee, topic_code=topic))
        return self._answers[key]

    def _read_homes(self) -> tuple[list[Home], list[int]]:
        served = self.territory.services_of
        homes: list[Home] = []
        weights: list[int] = []
        for commune in Commune.objects.filter(population__isnull=False).order_by("insee_code"):
            services = [s for s in served.get(commune.insee_code, ()) if s.role in {"primary", "candidate"}]
            if services:
                codes = tuple(s.site for s in services)
                homes.append(Home(commune.insee_code, commune.name, commune.postal_codes[0], codes))
                is_shown = any(self.territory.sites[code].pk in self.shown for code in codes)
                weights.append((commune.population or 0) * (LIMELIGHT if is_shown else 1))
        return homes, weights


class Teams:
    """The agents of each Maison: the existing ones, or two invented ones where there is nobody.

    The invented ones have no password: they sign what was done, they cannot sign in.
    """

    def __init__(self, name: Callable[[str], tuple[str, str]]) -> None:
        self.name = name
        self.members: dict[tuple[int | None, str], list[int]] = {}
        rows = Membership.objects.select_related("user").order_by("user_id")
        for row in rows:
            self.members.setdefault((row.maison_id, row.role), []).append(row.user_id)
        places = {row.maison_id for row in rows if row.maison_id and row.user.has_usable_password()}
        self.signed_in = frozenset(places)

    @property
    def central(self) -> int | None:
        """Return the agent who transfers requests to other bodies, if the central team exists."""
        return next(iter(self.members.get((None, Role.CASE_HANDLER.value), ())), None)

    def one(self, maison_id: int, code: str, role: Role) -> int:
        """Return an agent of that role at that Maison."""
        key = (maison_id, role.value)
        if key not in self.members:
            self.members[key] = [self._hire(maison_id, code, role)]
        return self.members[key][0]

    def _hire(self, maison_id: int, code: str, role: Role) -> int:
        username = f"{role.value}-{code}".lower()
        given, family = self.name(username)
        user = User(username=username, given_name=given, family_name=family)
        user.current_maison_id = maison_id
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, role=role, maison_id=maison_id)
        return user.pk

"""Find the rows that an agenda names, and refuse two appointments in one place at one hour."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from gru.demo.agenda.fields import BadAgenda
from gru.demo.agenda.reading import Agenda, Slot
from requests_app.accounts.models import Membership, User
from requests_app.appointments.models import AppointmentType
from requests_app.appointments.models import resources as resources_of
from requests_app.lib import french
from requests_app.maisons.models import Maison

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Place:
    """A slot with the rows it takes; ``resources`` are its agent and its room."""

    slot: Slot
    agent: User
    type: AppointmentType
    maison: Maison

    @property
    def resources(self) -> list[str]:
        return resources_of(self.agent.pk, self.maison.pk, self.slot.room)


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what a file may name: read in one statement a table."""

    users: dict[str, User]
    types: dict[str, AppointmentType]
    maisons: dict[str, Maison]
    homes: dict[str, str] = field(default_factory=dict)

    def maison(self, code: str) -> Maison:
        return _find(self.maisons, code, "Maison inconnue")

    def type(self, code: str) -> AppointmentType:
        return _find(self.types, code, "Sorte de rendez-vous inconnue")

    def place(self, slot: Slot) -> Place:
        """Find the rows of a slot: at the Maison it names, else at the agent's first."""
        agent = _find(self.users, slot.agent, f"« {slot.path}.agent » n’est personne")
        code = slot.maison or self.homes.get(slot.agent, "")
        if not code:
            raise BadAgenda(f"« {slot.path} » ne dit pas où, et {slot.agent} n’a pas de Maison.")
        return Place(slot, agent, self.type(slot.type), self.maison(code))


def _find(rows: dict[str, Row], code: str, why: str) -> Row:
    if code not in rows:
        raise BadAgenda(f"{why} : « {code} ».")
    return rows[code]


def directory(agenda: Agenda) -> Directory:
    """Read them all; an agent's first Maison is that of the file, else that of their first role."""
    homes: dict[str, str] = {}
    held = Membership.objects.filter(maison__isnull=False).order_by("pk")
    for week in agenda.agents:
        homes.setdefault(week.username, week.maison)
    for username, code in held.values_list("user__username", "maison__code"):
        homes.setdefault(username, code)
    return Directory(
        users={user.username: user for user in User.objects.present()},
        types={each.code: each for each in AppointmentType.objects.all()},
        maisons={each.code: each for each in Maison.objects.all()},
        homes=homes,
    )


class Taken:
    """What is taken by the slots seen so far."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Slot]] = defaultdict(list)

    def overlap(self, place: Place) -> Slot | None:
        """Return one that overlaps; half-open, so touching is not overlapping."""
        slot = place.slot
        others = (other for name in place.resources for other in self._by_name[name])
        return next((each for each in others if each.start < slot.end and slot.start < each.end), None)

    def add(self, place: Place) -> None:
        for name in place.resources:
            self._by_name[name].append(place.slot)


def refuse_overlaps(places: Iterable[Place], taken: Taken) -> None:
    """Refuse the first appointment in the place of another one, and name both."""
    for place in places:
        if other := taken.overlap(place):
            raise BadAgenda(f"{_words(other)} et {_words(place.slot)} se chevauchent.")
        taken.add(place)


def _words(slot: Slot) -> str:
    where = f", {slot.room}" if slot.room else ""
    return f"« {slot.path} » ({slot.agent}{where}, {french.moment(slot.start)})"

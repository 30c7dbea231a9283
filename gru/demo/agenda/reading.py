"""What an agenda's file says, by codes: design/reception.md, 6."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gru.demo.agenda.fields import BadAgenda, Node
from requests_app.slots.rules import why_unreadable

MAX_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Repeated:
    """An opening, an absence or a closure, on the Paris clock."""

    start: datetime
    end: datetime
    rrule: str = ""
    room: str = ""
    types: tuple[str, ...] = ()

    @property
    def hours(self) -> dict[str, Any]:
        return {
            "starts_on": self.start.date(),
            "starts_at": self.start.time(),
            "ends_on": self.end.date(),
            "ends_at": self.end.time(),
        }


@dataclass(frozen=True, slots=True)
class AgentWeek:
    username: str
    maison: str
    openings: tuple[Repeated, ...]
    absences: tuple[Repeated, ...]


@dataclass(frozen=True, slots=True)
class TypeRules:
    code: str
    minutes: int
    rules: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment, or a hold when it ``expires``; ``path`` is where it stands in the file."""

    path: str
    agent: str
    type: str
    maison: str
    room: str
    start: datetime
    end: datetime
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    types: tuple[TypeRules, ...]
    agents: tuple[AgentWeek, ...]
    closures: tuple[tuple[str, Repeated], ...]
    appointments: tuple[Slot, ...]
    holds: tuple[Slot, ...]


def read_agenda(data: object) -> Agenda:
    """Read a whole file; raises BadAgenda at the first thing that is wrong."""
    if not isinstance(data, dict):
        raise BadAgenda("Le fichier attend un objet JSON.")
    root = Node(data, "")
    agents = tuple(_read_agent(node) for node in root.nodes("agents"))
    for (username, maison), times in Counter((each.username, each.maison) for each in agents).items():
        if times > 1:
            raise BadAgenda(f"« {username} » est deux fois à {maison}.")
    return Agenda(
        types=tuple(_read_type(node) for node in root.nodes("types")),
        agents=agents,
        closures=tuple(_read_closure(node) for node in root.nodes("closures")),
        appointments=tuple(_read_slot(node) for node in root.nodes("appointments")),
        holds=tuple(_read_slot(node, is_hold=True) for node in root.nodes("holds")),
    )


def _read_agent(node: Node) -> AgentWeek:
    return AgentWeek(
        username=_read_username(node, "username"),
        maison=node.text("maison", limit=20),
        openings=tuple(_read_opening(each) for each in node.nodes("openings")),
        absences=tuple(_read_repeated(each) for each in node.nodes("absences")),
    )


def _read_username(node: Node, name: str) -> str:
    return node.text(name, limit=60).lower()


def _read_opening(node: Node) -> Repeated:
    room, types = node.text("room", limit=60, required=False), node.texts("types", limit=40)
    return _read_repeated(node, room=room, types=types)


def _read_repeated(node: Node, **fields: Any) -> Repeated:
    rrule = node.text("rrule", limit=300, required=False).upper()
    if why := why_unreadable(rrule):
        raise BadAgenda(f"« {node.path}.rrule » : {why}")
    return _require_order(node, Repeated(node.wall("start"), node.wall("end"), rrule, **fields))


def _require_order(node: Node, found: Repeated) -> Repeated:
    if found.end <= found.start:
        raise BadAgenda(f"« {node.path} » finit avant de commencer.")
    return found


def _read_closure(node: Node) -> tuple[str, Repeated]:
    found = Repeated(node.bound("from", is_end=False), node.bound("to", is_end=True))
    return node.text("maison", limit=20), _require_order(node, found)


def _read_type(node: Node) -> TypeRules:
    rules = {
        "buffer_minutes": node.number("buffer_minutes", low=0, high=MAX_MINUTES, default=0),
        "notice_min_minutes": node.number("notice_min_minutes", low=0, high=525_600, default=0),
        "notice_max_days": node.optional_number("notice_max_days", low=0, high=3660),
        "needs_room": node.is_true("needs_room"),
    }
    return TypeRules(node.text("code", limit=40), node.number("minutes", low=5, high=480), rules)


def _read_slot(node: Node, *, is_hold: bool = False) -> Slot:
    start = node.instant("start")
    minutes = node.number("minutes", low=1, high=MAX_MINUTES)
    return Slot(
        path=node.path,
        agent=_read_username(node, "agent"),
        type=node.text("type", limit=40),
        maison=node.text("maison", limit=20, required=False),
        room=node.text("room", limit=60, required=False),
        start=start,
        end=start + timedelta(minutes=minutes),
        expires=node.instant("expires") if is_hold else None,
    )

"""What the resolver receives, and what it answers."""

from dataclasses import dataclass, field

from requests_app.routing.models.coverage import Confidence
from requests_app.routing.models.decision import RoutingDecision

Outcome = RoutingDecision.Outcome

_LADDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def weakest(*levels: Confidence) -> Confidence:
    return min(levels, key=_LADDER.index)


def strongest(*levels: Confidence) -> Confidence:
    return max(levels, key=_LADDER.index)


def lower(level: Confidence) -> Confidence:
    """Go down one level of confidence; the lowest stays."""
    return _LADDER[max(0, _LADDER.index(level) - 1)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that may say where a ticket belongs; every part may be empty.

    `place_maison_code` is where the person stands, at a front desk. `is_topic_guessed`: the topic was read
    in the text, nobody chose it. `lat` and `lon` only order the candidates: nearest first, never chosen for
    the agent.
    """

    mailboxes: tuple[str, ...] = ()
    address: str = ""
    insee: str = ""
    postal_code: str = ""
    known_maison_code: str = ""
    place_maison_code: str = ""
    text: str = ""
    topic_code: str = ""
    is_topic_guessed: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """To whom a ticket goes that is not ours; `insee_code` is empty unless it is a commune's."""

    body: str
    insee_code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The advice: `maison` is set when routed; steps are sentences to show.

    `others` are the Maisons mentioned in passing: listed first to the agent, they move nothing. `transfer`
    is where the ticket goes when transferred, and otherwise a proposal: it moves nothing.
    """

    outcome: Outcome
    confidence: Confidence
    maison: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    others: tuple[Candidate, ...] = ()
    transfer: Transfer | None = None
    steps: tuple[str, ...] = field(default=())

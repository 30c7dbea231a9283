"""What a channel must know how to do, and the words it answers with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise

from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import Received

WORDS = "words"  # among the facts of what became no ticket: the words it begins with


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A raw input, stored and not yet understood. ``address`` is ours: the one written to.

    ``facts`` is what the door knew and the bytes do not say.
    """

    arrival_id: int
    address: str
    raw: bytes
    received_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    is_slow: bool = False  # it had its first try, and may now take all its time


class Slow(Exception):
    """A first try took too long: fresh ones go first, this one is tried once more with all its time."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """What needs no ticket: a bounce, an automatic reply, a duplicate. ``reason`` is shown.

    ``then`` is what it teaches us (a message of ours was not delivered), in the same transaction.
    """

    reason: str
    facts: dict[str, Any] = field(default_factory=dict)
    then: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Words understood. ``meaning`` names the same words coming by another way; "" if they cannot.

    ``siblings`` are the meanings of the same words sent to other services of ours: their tickets are
    linked. ``then`` is what the channel does with the touchpoint, in the same transaction as it: the counter
    gives a number of its queue. It writes to the database only, since the whole may be undone.
    """

    said: InboundMessage
    meaning: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Received], None] | None = None
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A file of a raw input as it is declared: nobody has opened it."""

    name: str
    declared_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Tell those who must decide on it what a raw input says: lines of (word, value), then text and files.

    ``note`` is why there is no text, or "".
    """

    lines: tuple[tuple[str, str], ...]
    text: str = ""
    files: tuple[PreviewFile, ...] = ()
    note: str = ""


class Unreadable(Exception):
    """The input cannot be understood; the text says why and goes to quarantine.

    ``facts`` is what could be read all the same, such as who wrote (``from``). ``then`` is what that
    person is told, in the same transaction; it may run at each try and says it once.
    """

    def __init__(
        self,
        reason: str | Promise,
        facts: dict[str, Any] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(reason)
        self.facts, self.then = facts or {}, then


class Undeliverable(Exception):
    """This recipient will never get it; the text says why."""


class BadAddress(Undeliverable):
    """It is the address that is refused: it is to check with the person."""


class TemporaryFailure(Exception):
    """Not now: the way out is busy, away or refuses us; the same words may leave later."""


class Deferred(TemporaryFailure):
    """Not now, for a cause of this message alone: the way out is not to blame, the others go on."""


class Held(Deferred):
    """A limit of ours keeps it back until an instant: an agent is asked to tell the person meanwhile."""

    def __init__(self, reason: str | Promise, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


class NotConfigured(TemporaryFailure):
    """Nobody has said yet by where it leaves: it waits as long as needed."""


class Uncertain(Exception):
    """The line broke after the last word: it may have been accepted, it may not."""


class Inbound(Protocol):
    """The way in of a channel; its way out is an Outbound (requests_app/channels/outbound.py)."""

    def parse(self, arrived: RawMessage) -> Parsed | Ignored:
        """Understand one raw input; raises Unreadable."""
        ...


@runtime_checkable
class Salvaging(Protocol):
    """A way in that reads what it can of an input that became no ticket: set aside, or not understood."""

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Read what can be read, whatever it means; raises Unreadable when nothing can, changes nothing.

        ``is_brief``: for a line of a list, at little cost and without its files.
        """
        ...


@runtime_checkable
class Exporting(Protocol):
    """A way in whose arrivals are told to other programs in a shape of its own."""

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield one object per arrival in any state, oldest first."""
        ...


@runtime_checkable
class Glancing(Protocol):
    """A way in that can also tell what a raw input says, whether it was understood or not."""

    def glance(self, arrived: RawMessage) -> Preview:
        """Look at one raw input without harm; raises nothing of its own, and changes nothing."""
        ...

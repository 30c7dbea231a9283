"""What a channel that words go out by must know how to do, and the words it answers with."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")
SERVICE = "service"  # a kind of contact that is no person's: where another body's software takes requests in
CALENDAR = "calendar"  # in a payload: the appointment that a message adds to a calendar, or cancels there
FIELDS = "fields"  # in a payload: a request field by field, for a channel that ``takes_fields``


class Contact(Protocol):
    """Where somebody may be written to: a contact point, or an address that was typed."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Address:
    """A contact that is not on file. ``kind`` is that of a contact point, "" when it is none."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """A file that goes with a message; its bytes wait in the file storage."""

    name: str
    content_type: str


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An appointment for the calendar of the person, and what is asked of it (RFC 5546)."""

    text: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What must be said to one person about a ticket, before a channel gives it its shape.

    ``full`` writes subject, sender and text in whole. ``brief`` writes the same text in few words, the
    fullest first, for a channel that carries no more. ``typed`` are an agent's own words: such a channel
    sends them rather than ours. ``answers`` are the ids of the messages it answers; None: those of the whole
    thread. ``more`` is stored with the message and goes nowhere. ``calendar`` is written where a channel
    carries files.
    """

    ticket_id: int
    reference: str
    full: Callable[[], dict[str, Any]]
    brief: Callable[[], Iterable[str]] = tuple
    typed: str = ""
    files: Sequence[ReplyFile] = ()
    answers: Sequence[str] | None = ()
    more: dict[str, Any] | None = None
    calendar: Callable[[], CalendarPart] | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """What the outbox stores of a message. ``segments`` is what it costs, ``limit`` the most, 0 for none.

    ``why_not`` says, in words, why the channel cannot carry it.
    """

    content: dict[str, Any]
    segments: int = 1
    limit: int = 0
    why_not: str = ""


class Count(Protocol):
    """What the composer shows of the cost of an answer while it is typed.

    ``template`` shows it, as ``count``; ``script`` keeps it true in the browser.
    """

    template: ClassVar[str]
    script: ClassVar[str]


class Outbound(ABC, Generic[Row]):
    """The way out of a channel. ``Row`` is a message of the outbox, as delivery claims it.

    ``contact_kind`` is the kind of contact point that it writes to; ``is_brief`` that it carries few words
    and no file. ``most_resends`` bounds how often a message in doubt leaves again once its absence is sure.
    ``reminder_place`` orders the ways that a reminder may take, None when it takes none. ``takes_fields``: a
    request handed over to another body goes field by field too, since software reads it there.
    """

    contact_kind: ClassVar[str]
    is_brief: ClassVar[bool] = False
    most_resends: ClassVar[int] = 1
    reminder_place: ClassVar[int | None] = 100
    takes_fields: ClassVar[bool] = False
    late: ClassVar[str | Promise] = _("Les messages")  # « … partent avec du retard »
    unreceived: ClassVar[str | Promise] = _(
        "Un message n’est pas arrivé à cette adresse : vérifiez-la avec la personne."
    )
    refused: ClassVar[str | Promise] = _(
        "%(to)s n’a pas reçu notre message : %(why)s. Vérifiez l’adresse avec la personne."
    )

    def reaches(self, contact: Contact) -> bool:
        """Tell whether a message may go there."""
        return contact.kind == self.contact_kind

    def owns(self, value: str) -> bool:
        """Tell whether an address is one that this channel gave out itself, and no record of a person holds.

        Its kind is then ``contact_kind``: a page of ours where somebody waits, a number lent for a while.
        """
        return False

    def why_unreached(self, value: str) -> str:
        """Say to the agent who typed this address why nothing can go there; "" when it can."""
        return ""

    def label_of(self, value: str) -> str:
        """Name this address as one of the choices of a page."""
        return value

    def count(self, *, reference: str, typed: str, fold_url: str) -> Count | None:
        """Count what an answer costs as it is typed; None when nothing is counted."""
        return None

    def fold(self, text: str) -> str:
        """Replace what makes an answer cost more, where something else says the same."""
        return text

    @abstractmethod
    def compose(self, reply: Reply) -> Payload:
        """Give a message the shape in which the outbox stores it, and say when it cannot be carried."""

    @abstractmethod
    def send(self, outgoing: Row, *, at: datetime) -> str:
        """Hand one message over and return the provider's id; called outside any transaction.

        Raises Undeliverable (BadAddress), TemporaryFailure (Deferred, Held, NotConfigured) or Uncertain of
        channels_app/contract.py. Limits count from ``at``, never from the clock.
        """

    @abstractmethod
    def was_accepted(self, outgoing: Row) -> bool | str | None:
        """Ask the provider whether it has the message: its id of it, or whether; None when it never says.

        Raises TemporaryFailure when it does not answer now: nothing is sent again before it does.
        """

"""A channel as the rooms know it: what people see of it, and what it can carry; never which one it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.functional import Promise

from requests_app.channels.outbound import Outbound


class Medium(StrEnum):
    """What carries the words, where a room must know it: a letter has another delay than a call."""

    MESSAGE = "message"
    PAGE = "page"  # a page of ours: what was typed there was already read
    PAPER = "paper"
    CALL = "call"
    VISIT = "visit"


class WriteTo(NamedTuple):
    """Where people may write to us, as a public page says it: « Par e-mail : », the address, its link."""

    words: str
    address: str
    url: str = ""


class Counted(NamedTuple):
    """What a manager looks at: tickets of these Maisons (None: all), of a topic, between two instants."""

    maisons: frozenset[int] | None
    topic_id: int | None
    since: datetime
    until: datetime


class Unit(StrEnum):
    MINUTES = "minutes"
    PART = "part"  # the value says how many of ``total``


class Statistic(NamedTuple):
    """A number of this channel alone: its words, the value, and how many it is said of."""

    label: str | Promise
    unit: Unit
    value: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way by which words come in or go out; its own app registers it at start.

    ``key`` is the stored value. ``css`` ends the name of a class of gru.css (``ch-blue``). ``place`` orders
    the lists that people read. ``inbound`` understands what comes in (channels_app/contract.py),
    ``outbound`` sends what goes out; a channel has either or both. One that has neither is only described:
    rows name it, and nothing is offered by it. ``why_not_sent`` says how to answer where nothing can be
    sent. ``carries_decisions``: a refusal may go by it, with its reasons and how to contest it.
    ``is_written``: what comes by it is a written request, passed on rather than sent away. ``noted_in`` and
    ``noted_out`` say what an agent noted of it in a thread, ``happened`` what the person reads of it.
    ``box`` is said on every public page, with a link to where people write by it at once. ``desk`` names the
    page where agents hold its conversations, in the words of the menu and by the name of its view.
    ``notice`` tells people what we store of it, ``write_to`` where they may write by it, ``is_carried``
    whether a provider carries it, ``abroad`` what must be said of one that is not in Europe. ``statistics``
    counts what no other channel has, for the managers' page, in one statement; the page hides those of few.
    """

    key: str
    label: str | Promise
    icon: str
    css: str
    medium: Medium = Medium.MESSAGE
    place: int = 100
    inbound: object | None = None
    outbound: Outbound[Any] | None = None
    why_not_sent: str | Promise = ""
    carries_decisions: bool = False
    is_written: bool = False
    noted_in: str | Promise = ""
    noted_out: str | Promise = ""
    happened: str | Promise = ""
    notice: str | Promise | Callable[[], str] = ""
    box: str | Promise = ""
    desk: tuple[str | Promise, str] | None = None
    write_to: Callable[[], WriteTo | None] = lambda: None
    is_carried: Callable[[], bool] = lambda: False
    abroad: Callable[[], str] = str
    statistics: Callable[[Counted], Sequence[Statistic]] | None = None

    @property
    def is_open(self) -> bool:
        return self.inbound is not None or self.outbound is not None

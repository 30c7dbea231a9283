"""A channel as the rooms know it: what people see of it, and what it can carry; never which one it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Medium(StrEnum):
    """What carries the words, where a room must know it: a letter has another delay than a call."""

    MESSAGE = "message"
    PAGE = "page"  # a page of ours: what was typed there was already read
    PAPER = "paper"
    CALL = "call"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way by which words come in or go out; its own app registers it at start.

    ``key`` is the stored value. ``css`` ends the name of a class of gru.css (``ch-blue``). ``place`` orders
    the lists that people read. ``inbound`` understands what comes in (channels_app/contract.py). A channel
    without any way in or out is only described: rows name it, and nothing is offered by it.
    """

    key: str
    label: str | Promise
    icon: str
    css: str
    medium: Medium = Medium.MESSAGE
    place: int = 100
    inbound: object | None = None

    @property
    def is_open(self) -> bool:
        return self.inbound is not None

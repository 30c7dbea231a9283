"""A channel as the rooms know it: what people see of it, and what it can carry; never which one it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from requests_app.channels.outbound import Outbound


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
    the lists that people read. ``inbound`` understands what comes in (channels_app/contract.py),
    ``outbound`` sends what goes out; a channel has either or both. One that has neither is only described:
    rows name it, and nothing is offered by it. ``why_not_sent`` says how to answer where nothing can be
    sent. ``carries_decisions``: a refusal may go by it, with its reasons and how to contest it.
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

    @property
    def is_open(self) -> bool:
        return self.inbound is not None or self.outbound is not None

"""What a touchpoint knows beside its words: who writes each fact, and what it is.

Stored in ``Touchpoint.facts``. Every key is absent from most rows, and from those of earlier versions.
"""

from typing import Any, TypedDict

# A reserved word of Python, hence not among the names below.
_From = TypedDict("_From", {"from": str | None}, total=False)


class StepFact(TypedDict):
    """One step of a message up to its ticket: an ISO instant, and what happened."""

    at: str
    text: str


class OfMail(_From, total=False):
    """What a mail claims of itself (channels_app/mail); ``from`` is also the number of a call or a text."""

    message_id: str | None
    from_name: str
    reply_to: str | None
    forwarded_from: str | None
    references: list[str]
    sent_at: str | None
    auto: bool
    bounce: bool
    list: bool
    spam: bool
    bounce_of: str | None
    bounce_recipient: str | None
    authentication: Any


class OfInbound(OfMail, total=False):
    """What a channel noted while it parsed: ``no_ack`` keeps every automatic answer back, and says why.

    ``is_settled``: its word was understood whole, or asked about; ``is_opinion``: it answers our survey
    (lib/short_words.py).
    """

    why: list[str]
    log: list[str]
    way: list[StepFact]
    no_ack: bool
    no_ack_reason: str
    answer_addresses: list[tuple[str, bool]]
    sid: str
    segments: int
    next: str
    relay: bool
    postal: str
    organisation: str
    written_on: str
    same_files: list[str]
    given: list[str]
    about: str
    foreign: str
    open311: dict[str, Any]  # lat and long as they were given
    appointment: int
    wrote_before: str | None
    is_settled: bool
    is_opinion: bool


class OfOurs(TypedDict, total=False):
    """What we noted of what we said.

    ``kind`` is that of the outbox. ``before``, ``then``, ``settled``, ``also`` and ``by_post`` serve to undo
    an answer; ``copy_of`` is the answer it copies. ``promise`` is the to-do that a call kept, ``reached`` the
    instant of the message it answered. ``posted`` is the to-do of a letter, ``receipt`` what it stated.
    """

    kind: str
    before: dict[str, Any]
    then: str
    settled: str
    also: list[tuple[int, str]]
    by_post: bool
    copy_of: int
    promise: int
    reached: str
    posted: int
    receipt: dict[str, str]


class TouchpointFacts(OfInbound, OfOurs, total=False):
    """All facts; ``opinion``: a person's feedback that an agent should read."""

    opinion: bool

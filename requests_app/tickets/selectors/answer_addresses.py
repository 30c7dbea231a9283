"""Where the author of a message can be answered in writing, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.tickets.models import Channel


@dataclass(frozen=True, slots=True)
class AnswerAddress:
    """An address or a number; ``is_doubted`` when the message alone asks for it (threats: M09)."""

    value: str
    is_doubted: bool = False


def answer_addresses(
    channel: str, sender: str, told: Sequence[Sequence[str | bool]] | None
) -> list[AnswerAddress]:
    """Those of one message received; ``told`` is what its channel concluded (fact ``answer_addresses``)."""
    if channel == Channel.Kind.SMS:
        return [AnswerAddress(sender)] if sender else []
    if channel != Channel.Kind.MAIL:
        return []
    found = [AnswerAddress(str(value), bool(is_doubted)) for value, is_doubted in told or ()]
    return found or ([AnswerAddress(sender)] if "@" in sender else [])

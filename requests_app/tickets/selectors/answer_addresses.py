"""Where the author of a message can be answered in writing, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from requests_app.channels.ways_out import outbound_of
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.family import family_of

LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class AnswerAddress:
    """An address or a number; ``is_doubted`` when only the message asks for it (threats: M09).

    ``channel`` is the one that the message came by.
    """

    value: str
    is_doubted: bool = False
    channel: str = ""


def answer_addresses(
    channel: str, sender: str, told: Sequence[Sequence[str | bool]] | None
) -> list[AnswerAddress]:
    """List those of one message received; ``told`` is what its channel concluded (``answer_addresses``)."""
    out = outbound_of(channel)
    if out is None:
        return []
    found = [AnswerAddress(str(value), bool(is_doubted), channel) for value, is_doubted in told or ()]
    is_address = "@" in sender if out.contact_kind == ContactPoint.Kind.EMAIL else bool(sender)
    return found or ([AnswerAddress(sender, channel=channel)] if is_address else [])


def addresses_of_others(ticket: Ticket) -> set[str]:
    """Return the addresses of those who wrote, as somebody else, in tickets merged into this one (O08).

    Merging would otherwise put the stranger's address first: they wrote last. Usually no query.
    """
    _own, *merged = family_of(ticket)
    if not merged or ticket.person_id is None:
        return set()
    heard = Touchpoint.objects.filter(ticket__in=merged, direction=Touchpoint.Direction.IN)
    written = (
        heard.exclude(ticket__person=ticket.person_id).exclude(sender="").order_by("-occurred_at", "-pk")
    )
    rows = written.values_list("channel", "sender", "facts__answer_addresses")[:LOOKED_AT]
    return {each.value for row in rows for each in answer_addresses(*row)}

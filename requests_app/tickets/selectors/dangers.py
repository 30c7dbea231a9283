"""Which dangers a marked ticket mentions, and whom to call: read again in its text, stored nowhere."""

from requests_app.lib.dangers import DANGERS, Danger, Number, dangers_in, numbers_of
from requests_app.tickets.models import Ticket, Touchpoint

LAST = 20  # incoming touchpoints read again


def dangers_of(ticket: Ticket) -> list[Danger]:
    """Find the dangers of a marked ticket, gravest first; the gravest of all when none is found."""
    if not ticket.is_in_danger:
        return []
    recent = Touchpoint.objects.filter(ticket=ticket, outgoing=None).order_by("-occurred_at", "-pk")
    texts = recent.values_list("subject", "text")[:LAST]
    codes = {danger.code for subject, text in texts for danger in dangers_in(f"{subject}.\n{text}")}
    return [danger for danger in DANGERS if danger.code in codes] or list(DANGERS[:1])


def numbers_for(ticket: Ticket) -> list[Number]:
    """Return whom to call, each number once; [] when the ticket is not marked."""
    return numbers_of(dangers_of(ticket))

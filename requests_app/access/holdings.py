"""Who read what: logs of agents' acts, which hold numbers and no word of a ticket (threats: P02)."""

from requests_app.access.models import SentAway
from requests_app.lib.holdings import TICKET, Collected, Holding, exempts, holds


def _sent_away_of(collected: Collected) -> list[int]:
    found = SentAway.objects.filter(ticket_id__in=collected.keys_of(TICKET))
    return list(found.values_list("pk", flat=True))


holds(Holding("access.SentAway", find=_sent_away_of))
exempts(
    "A journal of what agents did: it leaves by its own months, and nothing rewrites it.",
    "access.Reading",
    "access.PersonSearch",
    "access.BreakGlassGrant",
    "access.GlassNotice",
    "access.ReadingAlert",
    "access.ReadingNotice",
)

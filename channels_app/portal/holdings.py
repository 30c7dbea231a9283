"""What the citizens' pages store about a ticket."""

from collections.abc import Iterable

from channels_app.portal.models import CodeAsk
from requests_app.lib.holdings import TICKET, Collected, Holding, exempts, holds
from requests_app.tickets.models import Ticket


def _asks(collected: Collected) -> Iterable[int]:
    """Return the requests for codes by the number of a ticket to purge."""
    references = Ticket.objects.filter(pk__in=collected.keys_of(TICKET)).values("reference")
    return CodeAsk.objects.filter(reference__in=references).values_list("pk", flat=True)


holds(
    Holding(
        "portal.CodeAsk",
        points_to=(("ticket", TICKET), ("appointment", "appointments.Appointment")),
        find=_asks,
    ),
    Holding("portal.Draft", points_to=(("arrival", "intake.Arrival"),)),
    Holding("portal.DraftFile", points_to=(("draft", "portal.Draft"),)),
    Holding("portal.UnsentMessage", points_to=(("ticket", TICKET),)),
)
exempts("Keyed hashes of who tried what, for days.", "portal.Try")

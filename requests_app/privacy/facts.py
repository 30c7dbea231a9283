"""Tell other software what the law has erased, so that copies go too: references and ids only."""

from datetime import datetime

from requests_app.events.models import Kind
from requests_app.events.services import Fact, record
from requests_app.lib.holdings import PERSON, TICKET, Collected
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.facts import fact_of


def record_erased(rows: Collected, *, at: datetime) -> None:
    """Record each ticket and person that is about to be deleted, at the Maisons that knew them."""
    tickets = list(Ticket.objects.filter(pk__in=rows.keys_of(TICKET)).order_by("pk"))
    facts = [fact_of(ticket, Kind.TICKET_ERASED) for ticket in tickets]
    places = {pk for fact in facts for pk in (fact.maison, *fact.also) if pk is not None}
    persons = sorted(rows.keys_of(PERSON))
    facts += [Fact(kind=Kind.PERSON_ERASED, person=pk, also=tuple(sorted(places))) for pk in persons]
    record(facts, at=at)

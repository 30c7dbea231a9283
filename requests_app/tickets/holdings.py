"""What the tickets app stores about a person."""

from django.db.models import OuterRef, QuerySet

from requests_app.lib.holdings import PERSON, TICKET, Collected, Holding, holds
from requests_app.people.holdings import STILL_NEEDED
from requests_app.tickets.models import Participant
from requests_app.tickets.services.erased_names import erase_names

TOUCHPOINT = "tickets.Touchpoint"


def _taking_part() -> QuerySet[Participant]:
    return Participant.objects.filter(person=OuterRef("pk"))


def _names_in_history(collected: Collected) -> None:
    erase_names(collected.keys_of(PERSON), going=collected.keys_of("tickets.Event"))


STILL_NEEDED.add(_taking_part)
holds(
    Holding(TICKET),
    Holding(TOUCHPOINT, points_to=(("ticket", TICKET),)),
    Holding("tickets.Attachment", points_to=(("touchpoint", TOUCHPOINT),)),
    Holding("tickets.DocumentRequest", points_to=(("ticket", TICKET),)),
    Holding("tickets.Event", points_to=(("ticket", TICKET),), before=_names_in_history),
    Holding("tickets.Note", points_to=(("ticket", TICKET),)),
    Holding("tickets.Participant", points_to=(("ticket", TICKET),)),
    Holding("tickets.PersonProposal", points_to=(("ticket", TICKET), ("touchpoint", TOUCHPOINT))),
    Holding("tickets.ToDo", points_to=(("ticket", TICKET),)),
    Holding("tickets.TicketLink", points_to=(("from_ticket", TICKET), ("to_ticket", TICKET))),
    Holding("tickets.TicketMerge", points_to=(("survivor", TICKET), ("merged", TICKET))),
)

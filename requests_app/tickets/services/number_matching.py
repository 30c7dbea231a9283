"""Where an SMS belongs, when only a phone number comes with it (threats: S04).

In this order: the ticket of our last SMS to that number, the only open ticket of the person who proved
it is theirs, else a new one with suggestions for the agent. A shared number joins nothing.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from requests_app.channels.ways_out import keys_writing_to
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import PersonProposal, Ticket

ANSWERED_WITHIN = timedelta(days=30)
MAX_SUGGESTIONS = 5
PHONE = ContactPoint.Kind.PHONE


def is_shared(number: str) -> bool:
    """Tell whether several people answer there, or somebody said so."""
    points = list(ContactPoint.objects.at(PHONE, number).values_list("person_id", "is_shared"))
    return any(shared for _person, shared in points) or len({person for person, _shared in points}) > 1


def find_answered(number: str, at: datetime) -> tuple[Ticket | None, str]:
    """Return the ticket a message from this number joins, and why; (None, "") when none is certain."""
    if is_shared(number):
        return None, ""
    if (ticket := _ticket_of_last_sms(number, at)) and not _is_shared_for(ticket, number):
        return ticket, _("Répond à notre dernier SMS à ce numéro.")
    proved = ContactPoint.objects.at(PHONE, number).exclude(verified_at=None).values("person")
    tickets = list(Ticket.objects.open().filter(person__in=proved).select_related("topic")[:2])
    if len(tickets) == 1 and not _is_shared_for(tickets[0], number):
        return tickets[0], _("La seule demande en cours de cette personne, à un numéro vérifié.")
    return None, ""


def _is_shared_for(ticket: Ticket, number: str) -> bool:
    """Tell whether this ticket says that others read the number, until an agent decides (N04)."""
    return PersonProposal.objects.shared().filter(ticket=ticket, contact_value=number).exists()


def suggestions(number: str, at: datetime) -> list[Ticket]:
    """List open tickets that a message may be about: only the agent decides."""
    people = ContactPoint.objects.at(PHONE, number).values("person")
    theirs = list(Ticket.objects.open().filter(person__in=people).order_by("-pk")[:MAX_SUGGESTIONS])
    last = _ticket_of_last_sms(number, at)
    return theirs if last is None or last in theirs else [last, *theirs][:MAX_SUGGESTIONS]


def _ticket_of_last_sms(number: str, at: datetime) -> Ticket | None:
    said = Outgoing.objects.filter(channel__in=keys_writing_to(ContactPoint.Kind.PHONE), recipient=number)
    recent = said.filter(created_at__gt=at - ANSWERED_WITHIN).exclude(state__in=Outgoing.NOT_RECEIVED)
    about = recent.exclude(touchpoint=None).order_by("-created_at", "-pk").values("touchpoint__ticket")[:1]
    return Ticket.objects.select_related("topic").filter(pk__in=about).first()

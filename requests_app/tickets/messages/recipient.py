"""Where an automatic message about a ticket may go: mail only, to an address that is certain enough."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from requests_app.channels.ways_out import keys_writing_to
from requests_app.people.models import ContactPoint
from requests_app.people.selectors import former_values
from requests_app.tickets.models import Participant, Ticket, Touchpoint
from requests_app.tickets.selectors.person_proposals import shared_here


@dataclass(frozen=True, slots=True)
class Reader:
    """An address; ``why_silent`` is why no robot may write there, ``answers`` the Message-ID it answers."""

    address: str
    contact_point: ContactPoint | None = None
    why_silent: str = ""
    answers: str = ""


def reader_of(ticket: Ticket) -> Reader | None:
    """Find the address that opened the ticket (R112-11-2), or the one the person gave us; else None."""
    return _who_wrote(ticket) or _hers(ticket)


def language_known(ticket: Ticket) -> str:
    """Return the language of the message, else the person's last one; "" when neither is known."""
    return ticket.language or (ticket.person.language if ticket.person else "")


def _who_wrote(ticket: Ticket) -> Reader | None:
    """Find the address that wrote, unless an agent ruled it out or removed it from the ticket (N06)."""
    mails = keys_writing_to(ContactPoint.Kind.EMAIL)
    heard = ticket.touchpoints.filter(direction=Touchpoint.Direction.IN, channel__in=mails)
    gone = Participant.objects.removed().filter(ticket=ticket, address=OuterRef("sender"))
    written = heard.filter(sender__contains="@").annotate(is_gone=Exists(gone))
    first = written.order_by("occurred_at", "pk").first()
    if first is None:
        return None
    point = (
        ContactPoint.objects.at(ContactPoint.Kind.EMAIL, first.sender).filter(person=ticket.person).first()
    )
    if point is None and (first.is_gone or first.sender in former_values(ticket.person_id)):
        return None
    return Reader(
        address=first.sender,
        contact_point=point,
        why_silent=str(first.facts.get("no_ack_reason") or "") if first.facts.get("no_ack") else "",
        answers=str(first.facts.get("message_id") or ""),
    )


def _hers(ticket: Ticket) -> Reader | None:
    """Find the person's own address; only agents write to a shared or doubtful one, which others may read."""
    if ticket.person_id is None:
        return None
    mine = ContactPoint.objects.filter(person_id=ticket.person_id, kind=ContactPoint.Kind.EMAIL)
    mine = mine.exclude(Exists(shared_here(ticket.pk)))
    for point in mine.filter(is_shared=False, needs_check=False).order_by("-pk"):
        if point.allows(ContactPoint.Use.ANSWER):
            return Reader(point.value, point)
    return None

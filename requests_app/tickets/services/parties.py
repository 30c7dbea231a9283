"""Who is known in a ticket, those merged into it included (threats: M07)."""

from django.db.models import Q

from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Participant, Ticket, Touchpoint


def is_party(ticket: Ticket, address: str, person: Person | None) -> bool:
    """Tell whether it is the ticket's person, a participant, or an address that wrote or was written to."""
    if _is_person(ticket, person) or _takes_part(ticket, address, is_confirmed=False):
        return True
    # A number shared with others identifies nobody, and is theirs all the same.
    return address.startswith("+") and _is_theirs(ticket, address)


def is_confirmed_party(ticket: Ticket, address: str, person: Person | None) -> bool:
    """Tell the same, less those only in copy: no agent has said that they take part."""
    return _is_person(ticket, person) or _takes_part(ticket, address, is_confirmed=True)


def _is_person(ticket: Ticket, person: Person | None) -> bool:
    if person is None:
        return False
    return ticket.person_id == person.pk or Ticket.objects.filter(merged_into=ticket, person=person).exists()


def _takes_part(ticket: Ticket, address: str, *, is_confirmed: bool) -> bool:
    if not address:
        return False
    here = Q(ticket=ticket) | Q(ticket__merged_into=ticket)
    known = Participant.objects.filter(here, address=address)
    rows = known.values_list("ticket_id", "removed_at", "added_by")
    # What an agent said of this ticket counts first, then who was removed from one merged into it.
    for _pk, removed_at, added_by in sorted(rows, key=lambda row: (row[0] != ticket.pk, row[1] is None)):
        if removed_at is not None or not is_confirmed or added_by is not None:
            return removed_at is None
    written = Touchpoint.objects.filter(here, sender=address)
    if is_confirmed:
        written = written.filter(direction=Touchpoint.Direction.IN)
    return written.exists()


def _is_theirs(ticket: Ticket, address: str) -> bool:
    kind = ContactPoint.Kind.PHONE if address.startswith("+") else ContactPoint.Kind.EMAIL
    points = ContactPoint.objects.at(kind, address)
    return ticket.person_id is not None and points.filter(person=ticket.person_id).exists()

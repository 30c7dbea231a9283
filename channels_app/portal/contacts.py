"""The contact on record of a ticket: where a code may be sent, and whose messages are the person's own."""

from dataclasses import dataclass

from django.db.models import Exists, Q

from requests_app.channels.ways_out import channel_for
from requests_app.people.models import ContactPoint
from requests_app.people.selectors import former_values
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.selectors.person_proposals import shared_here


@dataclass(frozen=True, slots=True)
class OnFile:
    kind: str
    value: str
    point: ContactPoint | None = None

    @property
    def channel(self) -> str:
        return channel_for(self.kind)


def own_addresses(ticket: Ticket) -> list[OnFile]:
    """Return the address that the ticket was first sent from, if known, then the person's other contacts."""
    first = _first_sender(ticket)
    points = ContactPoint.objects.filter(person=ticket.person_id or 0).order_by("kind", "pk")
    known = {point.value: OnFile(point.kind, point.value, point) for point in points}
    own = [known.pop(first.value, first)] if first else []
    return [*own, *known.values()]


def contact_on_file(ticket: Ticket) -> OnFile | None:
    """Return where a code may be sent: an allowed contact, first one that the person alone reads.

    None when unknown. A sensitive ticket is not opened through a shared phone, unless the person told
    an agent that it may be (threats: W09, S04).
    """
    usable = [contact for contact in _still_theirs(ticket) if _takes_codes(contact)]
    shared = _shared_among(usable, ticket)
    alone = [contact for contact in usable if contact.value not in shared]
    others = [contact for contact in usable if contact.value in shared]
    if ticket.is_sensitive:
        others = [contact for contact in others if _is_meant_for_codes(contact)]
    return next(iter([*alone, *others]), None)


def _still_theirs(ticket: Ticket) -> list[OnFile]:
    """Return the contacts without the first sender, once an agent has removed it (threats: N06)."""
    own = own_addresses(ticket)
    if all(contact.point for contact in own):
        return own
    former = former_values(ticket.person_id)
    return [contact for contact in own if contact.point or contact.value not in former]


def _takes_codes(contact: OnFile) -> bool:
    point = contact.point
    return point is None or (point.allows(ContactPoint.Use.ANSWER) and not point.needs_check)


def _is_meant_for_codes(contact: OnFile) -> bool:
    return contact.point is not None and ContactPoint.Use.CODE in contact.point.usable_for


def _shared_among(contacts: list[OnFile], ticket: Ticket) -> set[str]:
    """Return the contacts said to be shared, even for this ticket only, or with several known persons.

    One statement.
    """
    points = ContactPoint.objects.filter(
        kind__in={contact.kind for contact in contacts}, value__in={contact.value for contact in contacts}
    )
    told = points.annotate(is_told=Q(is_shared=True) | Q(Exists(shared_here(ticket.pk))))
    found: dict[str, set[int]] = {}
    shared = set()
    for value, person_id, is_shared in told.values_list("value", "person_id", "is_told"):
        found.setdefault(value, set()).add(person_id)
        if is_shared or len(found[value]) > 1:
            shared.add(value)
    return shared


def _first_sender(ticket: Ticket) -> OnFile | None:
    first = Touchpoint.objects.filter(ticket=ticket, direction=Touchpoint.Direction.IN).order_by(
        "occurred_at", "pk"
    )
    sender = first.values_list("sender", flat=True).first() or ""
    if "@" in sender:
        return OnFile(ContactPoint.Kind.EMAIL, sender)
    return OnFile(ContactPoint.Kind.PHONE, sender) if sender.startswith("+") else None

"""The contact on file of a demand: where a code may be sent, and whose words are the person's own."""

from dataclasses import dataclass

from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Channel, Ticket, Touchpoint

BY_KIND = {ContactPoint.Kind.EMAIL: Channel.Kind.MAIL, ContactPoint.Kind.PHONE: Channel.Kind.SMS}


@dataclass(frozen=True, slots=True)
class OnFile:
    kind: str
    value: str
    point: ContactPoint | None = None

    @property
    def channel(self) -> str:
        return BY_KIND[ContactPoint.Kind(self.kind)]


def own_addresses(ticket: Ticket) -> list[OnFile]:
    """Where the demand was first written from, when that is known, then the other contacts of the person."""
    first = _first_sender(ticket)
    points = ContactPoint.objects.filter(person=ticket.person_id or 0).order_by("kind", "pk")
    known = {point.value: OnFile(point.kind, point.value, point) for point in points}
    own = [known.pop(first.value, first)] if first else []
    return [*own, *known.values()]


def contact_on_file(ticket: Ticket) -> OnFile | None:
    """Where the person allows to be answered; None when nobody knows."""
    for contact in own_addresses(ticket):
        if contact.point is None or (
            contact.point.allows(ContactPoint.Use.ANSWER) and not contact.point.needs_check
        ):
            return contact
    return None


def _first_sender(ticket: Ticket) -> OnFile | None:
    first = Touchpoint.objects.filter(ticket=ticket, direction=Touchpoint.Direction.IN).order_by(
        "occurred_at", "pk"
    )
    sender = first.values_list("sender", flat=True).first() or ""
    if "@" in sender:
        return OnFile(ContactPoint.Kind.EMAIL, sender)
    return OnFile(ContactPoint.Kind.PHONE, sender) if sender.startswith("+") else None

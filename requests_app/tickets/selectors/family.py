"""A ticket and those merged into it are read as one: nothing moved, each keeps its own rows."""

from collections.abc import Collection, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from requests_app.access.scope import Scope
from requests_app.tickets.models import Ticket, Touchpoint

# A reserved ticket is never read through one that is not (threats: A03).
_READ_HERE = Q(is_sensitive=False) | Q(is_sensitive=OuterRef("is_sensitive"))


def merged_ids() -> ArraySubquery:
    """Build an annotation with the ids of the tickets merged into one, to be named ``merged_ids``."""
    return ArraySubquery(Ticket.objects.filter(_READ_HERE, merged_into=OuterRef("pk")).values("pk"))


def family_of(ticket: Ticket) -> list[int]:
    """Return its id, then those of the merged tickets read with it; no query when annotated."""
    merged: Sequence[int] | None = getattr(ticket, "merged_ids", None)
    if merged is None:
        found = Ticket.objects.filter(merged_into=ticket)
        merged = list(
            (found if ticket.is_sensitive else found.filter(is_sensitive=False)).values_list("pk", flat=True)
        )
    return [ticket.pk, *merged]


def told_to_person(ticket: Ticket) -> Q:
    """Match the rows of a ticket and of those merged into it that its own person may read (W09, A03)."""
    merged = Q(ticket__merged_into=ticket, ticket__person=ticket.person_id)
    if not ticket.is_sensitive:
        merged &= Q(ticket__is_sensitive=False)
    return Q(ticket=ticket) | merged if ticket.person_id else Q(ticket=ticket)


def thread_q(ticket: Ticket) -> Q:
    """Match the touchpoints of its thread: its own, those merged, the message it was split from."""
    own = Q(ticket__in=family_of(ticket))
    return own | Q(pk=ticket.split_from_id) if ticket.split_from_id else own


def acted_as(ticket: Ticket) -> Ticket:
    """Return the ticket whose agents act on this one: the survivor, unless only this one is reserved."""
    survivor = ticket.merged_into
    if survivor is None:
        return ticket
    return survivor if survivor.is_sensitive or not ticket.is_sensitive else ticket


def rows_read_by(scope: Scope, *, maison_id: int | None = None) -> Q:
    """Match rows that hang on a ticket, for those who read it or its survivor (threats: A03)."""
    own = scope.readable_q("ticket__")
    is_open_there = Q(ticket__is_sensitive=False) | Q(ticket__merged_into__is_sensitive=True)
    through = Q(ticket__merged_into__isnull=False) & is_open_there
    found = own | (through & scope.readable_q("ticket__merged_into__")) if own else own
    if maison_id is None:
        return found
    return found & (
        Q(ticket__merged_into=None, ticket__maison=maison_id) | Q(ticket__merged_into__maison=maison_id)
    )


def tickets_showing(touchpoint: Touchpoint) -> list[int]:
    """Return the tickets where a message stands: its own, those split from it, and where each goes on."""
    there = Ticket.objects.filter(Q(pk=touchpoint.ticket_id) | Q(split_from=touchpoint))
    return sorted({pk for ids in there.values_list("pk", "merged_into") for pk in ids if pk is not None})


def ends_of(ticket_ids: Collection[int]) -> QuerySet[Ticket, int]:
    """Return a subquery of the ids where these tickets continue: their own when they were not merged."""
    rows = Ticket.objects.filter(pk__in=ticket_ids).annotate(end=Coalesce("merged_into_id", "pk"))
    return rows.values_list("end", flat=True)


def survivor_of(ticket: Ticket) -> Ticket:
    """Return the ticket in which this one continues: itself when it was not merged."""
    if ticket.merged_into_id is None:
        return ticket
    return Ticket.objects.select_related("topic", "maison").get(pk=ticket.merged_into_id)

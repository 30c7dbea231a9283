"""Messages that have not left yet: what we owe a person is sent before their data goes."""

from collections.abc import Collection

from django.db.models import Q

from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Touchpoint

State = Outgoing.State
ON_THE_WAY = (State.QUEUED, State.SENDING)


def tickets_with_messages_to_leave(ticket_ids: Collection[int]) -> set[int]:
    """Return those with a message waiting, or perhaps sent without our knowing yet."""
    said = Touchpoint.objects.filter(_is_on_the_way("outgoing__"), ticket__in=ticket_ids)
    return set(said.values_list("ticket", flat=True))


def lock_messages(outgoing_ids: Collection[int]) -> bool:
    """Lock these messages until the end of the transaction; tell whether one of them is still to leave."""
    rows = Outgoing.objects.filter(pk__in=outgoing_ids).order_by("pk")
    list(rows.select_for_update().values_list("pk"))  # wait for a worker that has just claimed one
    return rows.filter(_is_on_the_way()).exists()


def _is_on_the_way(path: str = "") -> Q:
    in_doubt = Q(**{f"{path}state": State.UNCERTAIN, f"{path}ended_at": None})
    return Q(**{f"{path}state__in": ON_THE_WAY}) | in_doubt

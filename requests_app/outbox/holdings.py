"""What the room of messages stores: it knows no ticket, so the rows that go name theirs."""

from collections.abc import Collection, Iterable
from typing import Any

from requests_app.lib.holdings import Collected, Holding, holds
from requests_app.outbox.models import Outgoing, SecretLink

OUTGOING = "outbox.Outgoing"


def _links(collected: Collected) -> Iterable[int]:
    """The links that these messages carried."""
    keys = Outgoing.objects.filter(pk__in=collected.keys_of(OUTGOING)).values("key")
    return SecretLink.objects.filter(key__in=keys).values_list("pk", flat=True)


def _files(keys: Collection[Any]) -> Iterable[str]:
    """The files that these messages carried, by their names in the storage."""
    for names in Outgoing.objects.filter(pk__in=keys).values_list("files", flat=True):
        yield from names


holds(
    Holding(
        OUTGOING,
        named_by=(("tickets.Touchpoint", "outgoing"), ("reminders.Reminder", "outgoing")),
        files=_files,
    ),
    Holding("outbox.OutgoingStep", points_to=(("outgoing", OUTGOING),)),
    Holding("outbox.SecretLink", find=_links),
)

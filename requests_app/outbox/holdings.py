"""What the outbox stores: it knows no ticket, so the rows that go with one name theirs."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from requests_app.lib.holdings import Collected, Holding, Loose, ends_alone, holds
from requests_app.outbox.models import Outgoing, SecretLink

OUTGOING = "outbox.Outgoing"
NAMED_BY = ("tickets.Touchpoint", "reminders.Reminder", "waiting_list.Offer")


def _links(collected: Collected) -> Iterable[int]:
    """Return the links that these messages carried."""
    keys = Outgoing.objects.filter(pk__in=collected.keys_of(OUTGOING)).values("key")
    return SecretLink.objects.filter(key__in=keys).values_list("pk", flat=True)


def _files(keys: Collection[Any]) -> Iterable[str]:
    """Return the files that these messages carried, by their names in the storage."""
    for names in Outgoing.objects.filter(pk__in=keys).values_list("files", flat=True):
        yield from names


def _ticketless(before: datetime) -> QuerySet[Outgoing]:
    """Return what was sent to somebody about no ticket."""
    return Outgoing.objects.filter(touchpoint=None, reminder=None, waiting_offer=None, created_at__lt=before)


ends_alone(Loose(OUTGOING, gettext_lazy("Messages envoyés sans demande"), "created_at", _ticketless))
holds(
    Holding(
        OUTGOING,
        named_by=tuple((model, "outgoing") for model in NAMED_BY),
        files=_files,
    ),
    Holding("outbox.OutgoingStep", points_to=(("outgoing", OUTGOING),)),
    Holding("outbox.SecretLink", find=_links),
)

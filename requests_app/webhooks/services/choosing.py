"""What a subscription is told next: within its key's Maisons and topics, of the types it wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from requests_app.access.maison_scope import MaisonScope
from requests_app.api_keys.models import ApiKey
from requests_app.api_keys.scopes import SENSITIVE, is_granted
from requests_app.api_keys.services import scope_of_key
from requests_app.events.models import DomainEvent, DomainEventQuerySet
from requests_app.events.rendering import event_as_plain, instant
from requests_app.tickets.models import Ticket
from requests_app.webhooks.models import SingleSend, Subscription
from requests_app.webhooks.models.deliveries import TEST
from requests_app.webhooks.types import types_q


@dataclass(frozen=True, slots=True)
class Wanted:
    """One push: ``event`` is None for a test, ``single`` is set for what leaves out of turn."""

    event: DomainEvent | None
    content: Mapping[str, object]
    single: SingleSend | None = None

    @property
    def kind(self) -> str:
        return self.event.kind if self.event else TEST


def events_for(key: ApiKey) -> DomainEventQuerySet:
    """Return what a key may be told of the log."""
    places = MaisonScope(everywhere=not key.maison_ids, maisons=frozenset(key.maison_ids))
    topics = frozenset(key.topic_ids) if key.topic_ids else None
    return DomainEvent.objects.visible(places, topics).select_related("maison")


def show_event(event: DomainEvent, key: ApiKey) -> dict[str, object]:
    """Return an event as this key is told of it."""
    [shown] = show_events([event], key)
    return shown


def show_events(events: Sequence[DomainEvent], key: ApiKey) -> list[dict[str, object]]:
    """Return events as this key is told of them; the tickets they lead to, within its scope (A01)."""
    reads_all, outside = is_granted(SENSITIVE, key.scopes), _find_outside(events, key)
    return [
        event_as_plain(
            event,
            hides_person=event.is_sensitive and not reads_all,
            hides_into=event.into_ticket in outside,
        )
        for event in events
    ]


def _find_outside(events: Sequence[DomainEvent], key: ApiKey) -> set[str]:
    """Return the tickets that others were merged into and that this key may not know of."""
    led_to = {event.into_ticket for event in events if event.into_ticket}
    if not led_to or not (key.maison_ids or key.topic_ids):
        return set()
    known = Ticket.objects.filter(scope_of_key(key).as_q(), reference__in=led_to)
    return led_to - set(known.values_list("reference", flat=True))


def waiting_for(subscription: Subscription) -> DomainEventQuerySet:
    """Return what a subscription is still to be told, in order."""
    wanted = events_for(subscription.key).filter(types_q(subscription.types))
    return wanted.after(subscription.cursor)


def next_of(subscription: Subscription, *, head: int) -> Wanted | None:
    """Return what leaves next; nothing left moves the cursor to the ``head`` of the log, read before."""
    single = subscription.single_sends.select_related("event__maison").order_by("pk").first()
    if single is not None:
        return _single(single, subscription)
    if subscription.is_paused:
        return None
    event = waiting_for(subscription).filter(position__lte=head).first()
    if event is None:
        _pass_over(subscription, head)
        return None
    return Wanted(event, show_event(event, subscription.key))


def _single(single: SingleSend, subscription: Subscription) -> Wanted:
    if single.event:
        return Wanted(single.event, show_event(single.event, subscription.key), single)
    asked_at = instant(single.asked_at)
    content = {"id": single.public_id, "type": TEST, "timestamp": asked_at, "data": {}}
    return Wanted(None, content, single)


def _pass_over(subscription: Subscription, head: int) -> None:
    """Remember that nothing up to the head concerns it, unless it was moved meanwhile."""
    if subscription.cursor < head:
        Subscription.objects.filter(pk=subscription.pk, cursor=subscription.cursor).update(cursor=head)

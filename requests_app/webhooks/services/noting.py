"""Record what came of a push: the cursor moves after a 2xx, a failure waits longer each time, then pauses."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from requests_app.webhooks.messages import mail_pause
from requests_app.webhooks.models import Delivery, SingleSend, Subscription
from requests_app.webhooks.models.deliveries import MAX_KEPT
from requests_app.webhooks.posting import Answer
from requests_app.webhooks.services.choosing import Wanted
from requests_app.webhooks.services.sending import body_of

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# After each failure; the thirteenth one pauses.
DELAYS = (
    *(each * SECOND for each in (5, 30)),
    *(each * MINUTE for each in (2, 5, 15, 30)),
    *(each * HOUR for each in (1, 2, 3, 4, 5, 8)),
)
SLOW_MS = 2000


def was_slow(answer: Answer) -> bool:
    return answer.took_ms >= SLOW_MS


@transaction.atomic
def note(subscription: Subscription, wanted: Wanted, answer: Answer, *, at: datetime) -> None:
    """Record one push and what follows from it, in one transaction.

    A worker whose claim ended meanwhile changes nothing: another one has taken over.
    """
    ours = Subscription.objects.select_for_update().filter(
        pk=subscription.pk, claimed_until=subscription.claimed_until
    )
    now = ours.first()
    if now is None:
        return
    _record(subscription, wanted, answer, at)
    changes: dict[str, object] = {"claimed_until": None, "pushed_at": at, "is_slow": was_slow(answer)}
    if wanted.single is not None:
        SingleSend.objects.filter(pk=wanted.single.pk).delete()
    elif now.cursor == subscription.cursor and now.url == subscription.url:  # nobody moved it meanwhile
        changes |= _success_changes(wanted) if not answer.error else _failure_changes(now, answer, at)
    Subscription.objects.filter(pk=now.pk).update(**changes)
    if changes.get("state") == Subscription.State.PAUSED:
        mail_pause(now, error=answer.error, at=at)


def release(subscription: Subscription) -> None:
    """Give the claim back."""
    ours = Subscription.objects.filter(pk=subscription.pk, claimed_until=subscription.claimed_until)
    ours.update(claimed_until=None)


def _success_changes(wanted: Wanted) -> dict[str, object]:
    position = wanted.event.position if wanted.event else None
    return {"cursor": position, "tries": 0, "next_try_at": None, "last_error": ""}


def _failure_changes(subscription: Subscription, answer: Answer, at: datetime) -> dict[str, object]:
    if subscription.is_paused:  # by a hand, meanwhile
        return {"last_error": answer.error[:300]}
    tries = subscription.tries + 1
    changes: dict[str, object] = {"tries": tries, "last_error": answer.error[:300]}
    if tries > len(DELAYS):
        return {**changes, "state": Subscription.State.PAUSED, "paused_at": at, "next_try_at": None}
    return {**changes, "next_try_at": at + _spread(DELAYS[tries - 1])}


def _spread(delay: timedelta) -> timedelta:
    """Lengthen or shorten a delay by a tenth at most, so that receivers are not hit by all at once."""
    return delay * (1 + (secrets.randbelow(201) - 100) / 1000)


def _record(subscription: Subscription, wanted: Wanted, answer: Answer, at: datetime) -> None:
    """Keep the last hundred."""
    Delivery.objects.create(
        subscription=subscription,
        event_id=str(wanted.content["id"]),
        kind=wanted.kind,
        at=at,
        took_ms=answer.took_ms,
        body=body_of(wanted),
        status=answer.status,
        answer=answer.text,
        error=answer.error[:300],
    )
    rows = Delivery.objects.filter(subscription=subscription).order_by("-pk")
    last = rows.values_list("pk", flat=True)[MAX_KEPT - 1 : MAX_KEPT].first()
    if last:
        rows.filter(pk__lt=last).order_by().delete()

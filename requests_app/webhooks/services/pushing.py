"""Push the log to its subscriptions: in order, one event at a time, the next one after a 2xx.

A worker claims a subscription for a minute and renews its claim at each event. Killed at any instant it
leaves the cursor where the last 2xx was noted: the same event leaves again, with the same id.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction

from requests_app.events.services import place_all
from requests_app.lib.alone import alone
from requests_app.lib.enqueue import enqueue_now
from requests_app.lib.failpoints import failpoint
from requests_app.webhooks.models import Subscription
from requests_app.webhooks.posting import Answer
from requests_app.webhooks.services import noting
from requests_app.webhooks.services.choosing import next_of
from requests_app.webhooks.services.sending import send

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # above the longest push
TURN_S = 20.0  # for one subscription, then the others
PATIENCE_S = 45.0  # of one sweep
LOCK = 0x6772755F70757368  # "gru_push"


def announce(*, at: datetime) -> int:
    """Place what was just committed and enqueue a task for each subscription; return how many."""
    if not Subscription.objects.with_valid_key(at).exists():
        return 0
    place_all()
    ids = list(Subscription.objects.ready(at).filter(is_slow=False).values_list("pk", flat=True))
    for pk in ids:
        enqueue_now("webhooks.push_one", subscription_id=pk)
    return len(ids)


def sweep(*, at: datetime) -> int:
    """Push what no task pushed, and serve the slow ones; return how many events left."""
    with alone(LOCK) as is_alone:
        if not is_alone or not Subscription.objects.with_valid_key(at).exists():
            return 0
        end, done, seen = time.monotonic() + PATIENCE_S, 0, set[int]()
        while time.monotonic() < end and (pk := _next_ready(at, seen)):
            accepted = push(subscription_id=pk, at=at)
            done += accepted
            if not accepted:
                seen.add(pk)
    return done


def _next_ready(at: datetime, seen: set[int]) -> int | None:
    """Return the one that waited longest; one that accepts comes again after the others."""
    waiting = Subscription.objects.ready(at).exclude(pk__in=seen)
    return waiting.order_by("pushed_at", "pk").values_list("pk", flat=True).first()


def push(*, subscription_id: int, at: datetime) -> int:
    """Push to one subscription for its turn; return how many events it accepted."""
    started, accepted = time.monotonic(), 0
    while time.monotonic() - started < TURN_S:
        now = at + timedelta(seconds=time.monotonic() - started)
        subscription = _claim(subscription_id, now)
        if subscription is None:
            break
        answer = _push_next(subscription, now)
        if answer is None or answer.error:
            break
        accepted += 1
        if noting.was_slow(answer):
            break
    return accepted


def _push_next(subscription: Subscription, at: datetime) -> Answer | None:
    """Push one event and note what came back; None when there is none."""
    wanted = next_of(subscription, head=place_all())
    if wanted is None:
        noting.release(subscription)
        return None
    answer = send(subscription, wanted, at=at)
    failpoint("webhooks.after_send")
    noting.note(subscription, wanted, answer, at=at)
    return answer


@transaction.atomic
def _claim(subscription_id: int, at: datetime) -> Subscription | None:
    """Claim it unless a colleague holds it or it is not due."""
    free = Subscription.objects.ready(at).select_for_update(skip_locked=True, of=("self",))
    found = free.select_related("key").filter(pk=subscription_id).first()
    if found is not None:
        found.claimed_until = at + LEASE
        Subscription.objects.filter(pk=found.pk).update(claimed_until=found.claimed_until)
    return found

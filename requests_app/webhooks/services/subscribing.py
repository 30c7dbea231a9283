"""Create, change and steer a subscription."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.api_keys.models import ApiKey
from requests_app.events.models import DomainEvent, EventCounter
from requests_app.events.services import place_all
from requests_app.lib.enqueue import enqueue
from requests_app.lib.refusals import Refused
from requests_app.webhooks.models import SingleSend, Subscription
from requests_app.webhooks.secrets import BOTH_VALID_FOR, new_secret, seal

MAX_PER_KEY = 20
MAX_WAITING = 20  # tests asked for and not sent: a slow address gives them back one by one
State = Subscription.State
AFRESH = {"tries": 0, "next_try_at": None, "last_error": "", "is_slow": False}


@transaction.atomic
def subscribe(
    *, key: ApiKey, name: str, url: str, types: Sequence[str], contact: str, at: datetime
) -> tuple[Subscription, str]:
    """Subscribe from the present on; return the subscription and its secret, shown this once."""
    if Subscription.objects.filter(key=key).count() >= MAX_PER_KEY:
        raise Refused(_("Cette clé a déjà vingt abonnements : supprimez-en un."))
    secret = new_secret()
    subscription = Subscription.objects.create(
        key=key,
        name=name,
        url=url,
        types=list(types),
        contact=contact,
        cursor=place_all(),
        secret=seal(secret),
        created_at=at,
    )
    return subscription, secret


@transaction.atomic
def change_subscription(*, subscription: Subscription, **changes: object) -> None:
    """Change what is given; another address is tried at once."""
    again = AFRESH if "url" in changes else {}
    Subscription.objects.filter(pk=subscription.pk).update(**changes, **again)
    subscription.refresh_from_db()
    _wake(subscription)


@transaction.atomic
def rotate(*, subscription: Subscription, at: datetime) -> str:
    """Return a new secret; the present one signs too for a day."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    secret = new_secret()
    row.old_secret, row.old_secret_until, row.secret = row.secret, at + BOTH_VALID_FOR, seal(secret)
    row.save(update_fields=["old_secret", "old_secret_until", "secret"])
    subscription.refresh_from_db()
    return secret


@transaction.atomic
def pause(*, subscription: Subscription, at: datetime) -> None:
    """Stop pushing; the log waits, and the cursor with it."""
    rows = Subscription.objects.filter(pk=subscription.pk, state=State.ACTIVE)
    rows.update(state=State.PAUSED, paused_at=at, next_try_at=None)
    subscription.refresh_from_db()


@transaction.atomic
def resume(*, subscription: Subscription) -> None:
    """Push again where it stopped, at once."""
    changes = {"state": State.ACTIVE, "paused_at": None, **AFRESH}
    Subscription.objects.filter(pk=subscription.pk).update(**changes)
    subscription.refresh_from_db()
    _wake(subscription)


@transaction.atomic
def replay(*, subscription: Subscription, after: int) -> None:
    """Push again all that follows this position."""
    Subscription.objects.filter(pk=subscription.pk).update(cursor=after, **AFRESH)
    subscription.refresh_from_db()
    _wake(subscription)


@transaction.atomic
def send_test(*, subscription: Subscription, at: datetime) -> SingleSend:
    """Send an event of type ``test``, out of turn, once; a paused one gets it too."""
    if subscription.single_sends.count() >= MAX_WAITING:
        raise Refused(_("Des essais attendent déjà : regardez ce qu’ils ont donné."))
    single: SingleSend = SingleSend.objects.create(subscription=subscription, asked_at=at)
    _wake(subscription)
    return single


@transaction.atomic
def send_again(*, subscription: Subscription, event: DomainEvent, at: datetime) -> SingleSend:
    """Send one event again, out of turn, once."""
    single: SingleSend = SingleSend.objects.create(subscription=subscription, event=event, asked_at=at)
    _wake(subscription)
    return single


def position_before(at: datetime) -> int:
    """Return the last position of the log before an instant, for « depuis hier »."""
    place_all()
    later = DomainEvent.objects.filter(at__gte=at, position__isnull=False).order_by("position")
    first = later.values_list("position", flat=True).first()
    if first is not None:
        return first - 1
    return EventCounter.objects.values_list("last", flat=True).first() or 0


def _wake(subscription: Subscription) -> None:
    enqueue("webhooks.push_one", subscription_id=subscription.pk)

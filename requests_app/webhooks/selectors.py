"""How far behind the pushes are, for /metrics and `manage doctor`."""

from datetime import datetime

from requests_app.events.models import DomainEvent
from requests_app.webhooks.models import Subscription
from requests_app.webhooks.services.choosing import waiting_for


def push_lag_s(at: datetime) -> float:
    """Return the age in seconds of the oldest event that an active subscription was not told yet."""
    active = Subscription.objects.with_valid_key(at).filter(state=Subscription.State.ACTIVE)
    subscriptions = list(active.select_related("key"))
    if not subscriptions:
        return 0.0
    instants = [event.at for each in subscriptions if (event := waiting_for(each).first())]
    unplaced = DomainEvent.objects.unplaced().order_by("pk").values_list("at", flat=True).first()
    oldest = min([*instants, *filter(None, [unplaced])], default=at)
    return max(0.0, (at - oldest).total_seconds())


def count_paused(at: datetime) -> int:
    """Count the subscriptions that wait for somebody to resume them."""
    return Subscription.objects.with_valid_key(at).filter(state=Subscription.State.PAUSED).count()

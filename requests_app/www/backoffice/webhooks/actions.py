"""What the administrator does with a subscription: each answers with the sentence to show."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.events.models import DomainEvent
from requests_app.lib.refusals import Refused
from requests_app.webhooks import services
from requests_app.webhooks.models import Subscription

Act = Callable[[Subscription, str, datetime], str]


def _test(subscription: Subscription, _value: str, at: datetime) -> str:
    services.send_test(subscription=subscription, at=at)
    return _("Un évènement de test part. Rechargez la page pour voir la réponse.")


def _pause(subscription: Subscription, _value: str, at: datetime) -> str:
    services.pause(subscription=subscription, at=at)
    return _("L’abonnement est en pause : les évènements attendent.")


def _resume(subscription: Subscription, _value: str, _at: datetime) -> str:
    services.resume(subscription=subscription)
    return _("L’abonnement reprend où il s’était arrêté.")


def _replay(subscription: Subscription, _value: str, at: datetime) -> str:
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    after = services.position_before(today - timedelta(days=1))
    services.replay(subscription=subscription, after=after)
    return _("Les évènements partent de nouveau, depuis hier.")


def _again(subscription: Subscription, value: str, at: datetime) -> str:
    sent = subscription.deliveries.filter(pk=int(value) if value.isdecimal() else 0).first()
    event = DomainEvent.objects.from_public_id(sent.event_id) if sent else None
    if event is None:
        raise Refused(_("Cet évènement n’est plus gardé."))
    services.send_again(subscription=subscription, event=event, at=at)
    return _("L’évènement part de nouveau. Rechargez la page pour voir la réponse.")


ACTIONS: dict[str, Act] = {
    "test": _test,
    "pause": _pause,
    "resume": _resume,
    "replay": _replay,
    "again": _again,
}

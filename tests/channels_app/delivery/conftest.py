"""Words of the tests of this room; the sending server and its messages are in tests/offices.py."""

from django.utils import timezone

from channels_app.delivery import services
from requests_app.outbox.models import Outgoing


def send(outgoing, at=None):
    return services.send(outgoing_id=outgoing.pk, at=at or timezone.now())


def state_of(outgoing):
    return Outgoing.objects.get(pk=outgoing.pk).state

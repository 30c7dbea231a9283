"""Words of the tests of this room; the sending server and its messages are in tests/offices.py."""

from django.utils import timezone

from channels_app.delivery import services
from channels_app.delivery.models import Circuit
from requests_app.outbox.models import Outgoing


def send(outgoing, at=None):
    return services.send(outgoing_id=outgoing.pk, at=at or timezone.now())


def pause_of(channel, now):
    """Until when nothing is tried by this channel; None when sending is allowed."""
    until = Circuit.objects.filter(pk=channel).values_list("open_until", flat=True).first()
    return until if until and until > now else None


def state_of(outgoing):
    return Outgoing.objects.get(pk=outgoing.pk).state

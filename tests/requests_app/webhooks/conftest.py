import pytest
from django.utils import timezone

from requests_app.api_keys.services import create_key
from requests_app.events.models import DomainEvent
from requests_app.events.services import Fact, record
from requests_app.webhooks import services


@pytest.fixture
def make_key(territory):
    def make(scopes=("events:read", "subscriptions:write"), **fields):
        return create_key(name="Portail", scopes=list(scopes), by=None, at=timezone.now(), **fields)[0]

    return make


@pytest.fixture
def subscribe(make_key, receiver):
    """Subscribe to all, with a key of the whole territory, unless told otherwise."""

    def make(key=None, types=("*",), url="", at=None):
        return services.subscribe(
            key=key or make_key(),
            name="Portail",
            url=url or receiver.url,
            types=types,
            contact="exploitant@exemple.fr",
            at=at or timezone.now(),
        )

    return make


@pytest.fixture
def happen():
    """Write facts in the log, and return their public ids: `happen("ticket.closed")`."""

    def write(*kinds, **fields):
        before = DomainEvent.objects.count()
        facts = [Fact(kind=kind, **{"ticket": "LYN-7K4P2Q", **fields}) for kind in kinds]
        record(facts, at=timezone.now())
        return [each.public_id for each in DomainEvent.objects.order_by("pk")[before:]]

    return write

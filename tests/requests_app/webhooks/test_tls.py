"""A push over TLS reaches who its address names, and nobody else (threats: W08)."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.webhooks import services
from requests_app.webhooks.models import Subscription
from tests.requests_app.webhooks.authority import DAY, Authority

pytestmark = pytest.mark.django_db
NAME = "recepteur.exemple.fr"
HOUR = timedelta(hours=1)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """The one that this machine trusts."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def push_to(receiver, subscribe, happen, monkeypatch):
    """Push one event to the receiver under a name, with the certificate it shows."""
    real = socket.getaddrinfo

    def resolve(host, port, *more, **named):
        return real("127.0.0.1" if str(host).endswith("exemple.fr") else host, port, *more, **named)

    def push(context, host=NAME):
        receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
        _subscription, secret = subscribe(url=f"https://{host}:{receiver.server.server_port}/gru")
        happen("ticket.closed")
        services.sweep(at=timezone.now())
        return secret

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return push


@pytest.mark.parametrize(
    ("host", "names"),
    [
        (NAME, [NAME]),
        (NAME, ["autre.exemple.fr", NAME]),
        (NAME, ["*.exemple.fr"]),
        ("127.0.0.1", ["127.0.0.1"]),
    ],
)
def test_a_certificate_of_that_name_is_accepted_and_the_name_is_asked_for(
    authority, push_to, receiver, host, names
):
    context, asked = authority.context(*names), []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    secret = push_to(context, host)
    assert receiver.opened(secret)["type"] == "ticket.closed"
    assert asked == [NAME if host == NAME else None]
    assert Subscription.objects.get().last_error == ""


@pytest.mark.parametrize(
    "shown",
    [
        {"names": ["autre.exemple.fr"]},
        {"names": ["exemple.fr"]},
        {"names": ["*.recepteur.exemple.fr"]},
        {"names": ["127.0.0.1"]},
        {"names": [], "common_name": NAME},
        {"names": [NAME], "starts": -DAY, "ends": -HOUR},
        {"names": [NAME], "starts": HOUR, "ends": DAY},
    ],
    ids=[
        "another name",
        "its parent",
        "below it",
        "its address",
        "common name only",
        "expired",
        "not valid yet",
    ],
)
def test_W08_any_other_is_refused_before_a_word_is_sent(authority, push_to, receiver, shown):
    names = shown.pop("names")
    push_to(authority.context(*names, **shown))
    assert_refused(receiver)


def test_W08_an_authority_that_nobody_trusts_is_refused(authority, push_to, receiver, tmp_path):
    (tmp_path / "other").mkdir()
    push_to(Authority(tmp_path / "other").context(NAME))
    assert_refused(receiver)


def assert_refused(receiver):
    row = Subscription.objects.get()
    assert receiver.requests == []
    assert (row.tries, row.state) == (1, "active")
    assert row.last_error == "Le certificat de cette adresse n’est pas valable."


def test_what_speaks_no_tls_is_a_failure_too(authority, subscribe, receiver, happen):
    subscribe(url=receiver.url.replace("http:", "https:"))
    happen("ticket.closed")
    assert services.sweep(at=timezone.now()) == 0
    assert receiver.requests == []
    assert Subscription.objects.get().tries == 1

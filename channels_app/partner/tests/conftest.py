"""A portal of the Publik family: its key, its signed calls, its requests."""

import json
import uuid

import pytest
from django.utils import timezone

from channels_app.partner.publik.signing import sign

HOST, NAME, KEY = "demarches.exemple.fr", "gru.exemple.fr", "clé partagée"
DOOR = "/entree/partenaire/publik/"
OWN_URL = f"https://{HOST}/signaler-un-depot/14/"


@pytest.fixture(autouse=True)
def portals(settings):
    settings.PUBLIK_PORTALS = f"https://{NAME}:cl%C3%A9%20partag%C3%A9e@{HOST}"


@pytest.fixture
def filled():
    """The data of a filled form, as the portal posts it: `filled(message="…", url="…")`."""

    def make(*, url=OWN_URL, extra=None, user=None, **fields):
        written = {
            "id": "9-14",
            "display_id": "9-14",
            "display_name": "Signaler un dépôt - n°9-14",
            "url": url,
            "backoffice_url": f"https://{HOST}/backoffice/management/signaler-un-depot/14/",
            "api_url": f"https://{HOST}/api/forms/signaler-un-depot/14/",
            "receipt_time": "2026-11-30T09:12:00",
            "fields": fields or {"message": "Des gravats rue Paul-Bert depuis lundi."},
            "workflow": {"status": {"id": "new", "name": "Nouveau", "endpoint": False}},
            "submission": {"backoffice": False, "channel": "web"},
        }
        written |= {"user": user} if user else {}
        return written | ({"extra": extra} if extra is not None else {})

    return make


@pytest.fixture
def signed():
    """The query of a signed address; `at`, `key` and `orig` to sign it wrongly."""

    def make(url=DOOR, *, at=None, key=KEY, orig=HOST, nonce=""):
        return sign(url, orig=orig, key=key, at=at or timezone.now(), nonce=nonce or uuid.uuid4().hex)

    return make


@pytest.fixture
def post(client, signed, territory):
    """A signed call of the portal: `post(filled())` gives the answer."""

    def posted(written, *, to=None):
        raw = written if isinstance(written, bytes) else json.dumps(written).encode()
        return client.post(to or signed(), raw, content_type="application/json")

    return posted

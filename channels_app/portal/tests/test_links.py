from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.portal.tests.test_appointments import text
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing, SecretLink

pytestmark = pytest.mark.django_db
KEY = "acknowledgment:LYN-7K4P2Q:amina@exemple.fr:mail"


@pytest.fixture
def secret():
    """The secret of a link carried by one message."""
    links.link_for(KEY, "ticket", 7, timezone.now())
    address = links.insert_links(links.PLACEHOLDER, Outgoing(key=KEY))
    return address.rpartition("/")[2]


@pytest.mark.parametrize("change", [{"expires_at": timezone.now() - timedelta(days=1)}, {"purpose": "?"}])
def test_W09_a_link_that_leads_nowhere_says_the_same_as_a_made_up_one(client, secret, change):
    SecretLink.objects.update(**change)
    ended, made_up = client.get(f"/s/{secret}"), client.get(f"/s/{'x' * 22}")
    assert (ended.status_code, text(ended)) == (made_up.status_code, text(made_up))
    assert "Ce lien ne marche plus" in ended.content.decode()


def test_W09_the_address_is_kept_from_caches_robots_and_the_next_site(client, secret):
    headers = client.get(f"/s/{secret}").headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]


def test_W09_a_link_leads_to_the_page_of_its_purpose(client, secret):
    with links.PAGES.isolate(empty=True):
        links.register_page("ticket", "portal:link")
        assert client.get(f"/s/{secret}").headers["Location"] == f"/s/{secret}"


def test_W06_following_a_link_changes_nothing(client, secret):
    before = SecretLink.objects.values().get()
    client.get(f"/s/{secret}")
    assert client.post(f"/s/{secret}").status_code == 405
    assert SecretLink.objects.values().get() == before

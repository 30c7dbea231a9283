"""Wrong passwords, from one address over many accounts, with or without a proxy in front (threats: N07)."""

import pytest
from axes.models import AccessAttempt
from django.test import RequestFactory

from requests_app.lib.callers import address_of
from tests.cast import PASSWORD

SIGN_IN = "/connexion/"
VISITOR, OFFICE = "192.0.2.9", "198.51.100.7"


@pytest.fixture
def tries(client, settings, chloe, bruno):
    settings.AXES_ENABLED = True

    def send(username, password="faux", *, address=VISITOR, proxy=None):
        told = {"HTTP_X_FORWARDED_FOR": proxy} if proxy else {}
        fields = {"username": username, "password": password}
        return client.post(SIGN_IN, fields, REMOTE_ADDR=address, **told).status_code

    return send


@pytest.fixture
def spray(tries, settings):
    def run(**where):
        return [tries(f"nom{rank}", **where) for rank in range(settings.SIGN_IN_FAILURES_BY_ADDRESS + 1)]

    return run


class TestBehindAProxy:
    @pytest.fixture(autouse=True)
    def proxy_in_front(self, settings):
        settings.BEHIND_PROXY = True

    def test_N07_a_visitor_locks_nobody_out_elsewhere(self, tries):
        assert [tries("chloe", address="10.0.0.1", proxy=VISITOR) for _ in range(6)][-2:] == [429, 429]
        assert tries("chloe", PASSWORD, address="10.0.0.1", proxy=VISITOR) == 429
        assert tries("chloe", PASSWORD, address="10.0.0.1", proxy=OFFICE) == 302

    def test_N07_an_address_written_by_the_caller_is_not_believed(self, tries):
        codes = [
            tries("chloe", address="10.0.0.1", proxy=f"203.0.113.{rank}, {VISITOR}") for rank in range(6)
        ]
        assert codes[-1] == 429
        assert tries("chloe", PASSWORD, address="10.0.0.1", proxy=f"{VISITOR}, {OFFICE}") == 302


class TestWithoutProxy:
    def test_N07_the_header_of_a_proxy_that_is_not_there_changes_nothing(self, tries):
        assert [tries("chloe", proxy=f"203.0.113.{rank}") for rank in range(6)][-1] == 429
        assert tries("chloe", PASSWORD, address=OFFICE, proxy=VISITOR) == 302

    def test_N07_one_password_on_every_account_is_slowed_by_address(self, tries, spray):
        assert spray()[-2:] == [200, 429]
        assert tries("bruno", PASSWORD) == 429
        assert tries("bruno", PASSWORD, address=OFFICE) == 302

    def test_N07_who_signs_in_from_there_is_not_held_up_by_a_visitor(self, tries, spray, client):
        assert tries("bruno", PASSWORD) == 302
        client.logout()
        assert spray()[-1] == 429
        assert tries("bruno", PASSWORD) == 302
        client.logout()
        assert tries("chloe", PASSWORD) == 429

    def test_N07_a_try_refused_is_not_counted_again(self, tries, spray):
        spray()
        before = AccessAttempt.objects.count()
        spray()
        assert AccessAttempt.objects.count() == before


@pytest.mark.parametrize(
    ("near", "seen", "address"),
    [
        ("10.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("10.0.0.1", "8.8.8.8, 192.0.2.9", "192.0.2.9"),
        ("10.0.0.1", "192.0.2.9:51234", "192.0.2.9"),
        ("10.0.0.1", "[2001:db8:1:2:aaaa::1]:443", "2001:db8:1:2::"),
        ("10.0.0.1", "2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("10.0.0.1", "::ffff:192.0.2.9", "192.0.2.9"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.9,", "10.0.0.1"),
        ("", "", ""),
    ],
)
def test_N07_the_address_is_what_the_proxy_saw(settings, near, seen, address):
    settings.BEHIND_PROXY = True
    request = RequestFactory().get("/", REMOTE_ADDR=near, HTTP_X_FORWARDED_FOR=seen)
    assert address_of(request) == address
    settings.BEHIND_PROXY = False
    request.META["REMOTE_ADDR"] = "192.0.2.77"
    assert address_of(request) == "192.0.2.77"

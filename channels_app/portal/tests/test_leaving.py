"""A public computer: what one citizen opened, the next does not see (threats: W09, W11)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.portal import unsent
from channels_app.portal.codes import SURE
from channels_app.portal.models import UnsentMessage
from channels_app.portal.tests.conftest import address
from channels_app.portal.tests.test_following import EMAIL, secret_of
from requests_app.outbox import left_pages, links
from requests_app.outbox.models import SecretLink

pytestmark = pytest.mark.django_db
BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
ASKS_CODE, WORDS = "Recevoir un code", "Je n’ai pas fini d’écrire."


@pytest.fixture
def ticket(make_ticket, make_person, no_limits):
    person = make_person(given_name="Amina", family_name="Benali", email=EMAIL)
    return make_ticket(person=person, sender=EMAIL, topic="fsl-acces-maintien")


@pytest.fixture
def secret(ticket):
    return secret_of(ticket)


@pytest.fixture
def proven(ticket):
    """The secret of a page that a code has opened."""
    at = timezone.now()
    return links.open_page("page:7", SURE, ticket.pk, until=at + timedelta(minutes=30), at=at)


def shown(client, secret):
    return client.get(f"/suivi/{secret}/").content.decode()


class TestByHand:
    def test_W11_this_browser_asks_for_a_code_and_another_does_not(self, ticket, client, secret):
        left = client.post(f"/suivi/{secret}/fini/", follow=True)
        assert "Cette page est fermée" in left.content.decode()
        assert ticket.reference not in left.content.decode()
        assert ASKS_CODE in shown(client, secret)
        assert ticket.reference not in shown(client, secret)
        assert ticket.reference in shown(Client(), secret)  # their own telephone

    def test_W11_the_short_address_of_the_message_does_not_help_here(self, ticket, client, secret):
        client.post(f"/suivi/{secret}/fini/")
        again = client.get(f"/s/{secret}", follow=True).content.decode()
        assert ASKS_CODE in again
        assert ticket.reference not in again

    def test_W11_nothing_is_done_to_the_ticket_from_here_any_more(self, ticket, client, secret):
        client.post(f"/suivi/{secret}/fini/")
        client.post(f"/suivi/{secret}/retirer/")
        ticket.refresh_from_db()
        assert ticket.is_open

    def test_W09_a_page_opened_by_a_code_ends_everywhere(self, ticket, client, proven):
        assert ticket.reference in shown(client, proven)
        client.post(f"/suivi/{proven}/fini/")
        assert client.get(f"/suivi/{proven}/").status_code == 404
        assert Client().get(f"/suivi/{proven}/").status_code == 404

    def test_W11_a_page_that_answered_a_form_is_not_found_by_back(self, ticket, secret):
        client = Client(headers=BROWSER)
        client.cookies["csrftoken"] = "a" * 32
        refused = client.post(f"/suivi/{secret}/message/", {"texte": ""}).headers["Location"]
        assert ticket.reference in client.get(refused).content.decode()
        client.post(f"/suivi/{secret}/fini/")
        assert ticket.reference not in client.get(refused, follow=True).content.decode()

    def test_many_pages_are_left_and_the_cookie_stays_small(self, client, ticket):
        secrets = [secret_of(ticket, key=f"acknowledgment:{n}") for n in range(left_pages.MAX_LEFT + 5)]
        for secret in secrets:
            client.post(f"/suivi/{secret}/fini/")
        assert ASKS_CODE in shown(client, secrets[-1])
        assert len(client.cookies[left_pages.COOKIE].value) < 1000

    def test_a_made_up_secret_gets_the_same_answer(self, client, db):
        assert client.post(f"/suivi/{'x' * 22}/fini/").url == "/suivi/fini/"


class TestByItself:
    def close(self, client, secret, text=WORDS):
        return client.post(f"/suivi/{secret}/fini/", {"seul": "1", "texte": text})

    def test_F04_the_words_typed_come_back_with_the_link_of_the_message(self, ticket, client, secret):
        self.close(client, secret)
        assert WORDS not in shown(client, secret)  # Back
        assert WORDS in client.get(f"/s/{secret}", follow=True).content.decode()

    def test_F04_or_with_a_new_code(self, ticket, client, proven):
        self.close(client, proven)
        at = timezone.now()
        new = links.open_page("page:8", SURE, ticket.pk, until=at + timedelta(minutes=30), at=at)
        assert WORDS in shown(client, new)

    def test_W09_nobody_else_of_the_ticket_reads_them(self, ticket, client, secret):
        self.close(client, secret)
        assert WORDS not in shown(Client(), secret_of(ticket, key="acknowledgment:other"))

    def test_once_sent_they_are_kept_no_more(self, ticket, client, secret):
        self.close(client, secret)
        client.get(f"/s/{secret}")
        client.post(f"/suivi/{secret}/message/", {"texte": WORDS})
        assert not UnsentMessage.objects.exists()

    def test_F04_words_sent_after_the_end_are_kept_too(self, ticket, client, proven):
        SecretLink.objects.update(expires_at=timezone.now() - timedelta(minutes=5))
        assert client.post(f"/suivi/{proven}/message/", {"texte": WORDS}).status_code == 404
        assert UnsentMessage.objects.get().text == WORDS

    def test_W09_a_link_taken_back_keeps_nothing(self, ticket, client, proven):
        SecretLink.objects.update(revoked_at=timezone.now())
        self.close(client, proven)
        assert not UnsentMessage.objects.exists()

    def test_an_empty_page_that_closes_does_not_lose_the_words_of_another(self, ticket, client, proven):
        self.close(client, proven)
        self.close(client, proven, text=" ")
        assert UnsentMessage.objects.get().text == WORDS

    def test_a_browser_that_closed_nothing_costs_no_statement(
        self, client, secret, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(8):
            client.get(f"/suivi/{secret}/")

    def test_P03_after_a_day_they_are_gone(self, ticket, client, secret):
        self.close(client, secret)
        assert unsent.purge_expired(at=timezone.now()) == 0
        assert unsent.purge_expired(at=timezone.now() + timedelta(days=1, minutes=1)) == 1


class TestForm:
    def test_W11_a_refused_step_is_not_found_once_the_answers_are_erased(self, fill):
        client = fill(Client(headers=BROWSER))
        client.cookies["csrftoken"] = "a" * 32
        refused = client.post(address("contact"), {"moyen": "tel", "telephone": "06 39 98"}).headers[
            "Location"
        ]
        assert "06 39 98" in client.get(refused).content.decode()
        client.post("/demande/effacer/")
        assert "06 39 98" not in client.get(refused, follow=True).content.decode()

    def test_kept_for_another_device_the_link_goes_on_and_this_computer_shows_nothing(self, fill):
        client = fill()
        link = client.get("/demande/plus-tard/").context["link"]
        client.post("/demande/effacer/", {"garder": "1"})
        assert "Amina" not in client.get(address("vous")).content.decode()
        resumed = Client()
        resumed.post(link.partition("/demande")[1] + link.partition("/demande")[2])
        assert "Amina" in resumed.get(address("vous")).content.decode()

"""What answers a form gets an address of its own, which the same browser alone opens (threats: W11, N08)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from requests_app.pages import services
from requests_app.pages.models import StoredPage

pytestmark = pytest.mark.django_db
BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
PLACES = "/lieux/"


def browser(user=None, token="a" * 32):
    client = Client(headers=BROWSER)
    client.cookies["csrftoken"] = token
    if user:
        client.force_login(user)
    return client


class TestRedirect:
    def test_a_search_is_read_at_an_address_of_its_own(self, territory):
        client = browser()
        posted = client.post(PLACES, {"address": "nulle part"})
        assert posted.status_code == 303
        assert posted.headers["Location"].startswith(f"{PLACES}?vu=")
        assert "nulle" not in posted.headers["Location"]  # P01: no word of theirs in an address
        page = client.get(posted.headers["Location"])
        assert page.status_code == 200
        assert "nulle part" in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
        assert client.get(posted.headers["Location"]).content == page.content  # Back, as often as one likes

    def test_a_program_gets_its_answer_at_once(self, territory):
        assert Client().post(PLACES, {"address": "nulle part"}).status_code == 200
        assert not StoredPage.objects.exists()

    def test_a_fragment_stays_a_fragment(self, territory):
        client = Client(headers={"Sec-Fetch-Dest": "empty", "HX-Request": "true"})
        client.cookies["csrftoken"] = "a" * 32
        assert client.post(PLACES, {"address": "nulle part"}).status_code == 200

    def test_a_refusal_keeps_its_status(self, chloe, make_ticket):
        client = browser(chloe)
        address = f"/demandes/{make_ticket().reference}/repondre/"
        straight = Client()
        straight.force_login(chloe)
        refused = straight.post(address, {"text": ""})
        posted = client.post(address, {"text": ""})
        shown = client.get(posted.headers["Location"]) if posted.status_code == 303 else posted
        assert shown.status_code == refused.status_code

    def test_a_token_made_up_opens_the_page_itself(self, territory):
        assert browser().get(f"{PLACES}?vu=rien").status_code == 200


class TestWhoMayRead:
    def test_W11_another_browser_sees_nothing_of_it(self, territory):
        address = browser().post(PLACES, {"address": "nulle part"}).headers["Location"]
        other = browser(token="b" * 32).get(address)
        assert other.status_code == 200
        assert "nulle part" not in other.content.decode()

    def test_W11_signed_out_nothing_is_left_to_read(self, chloe, make_ticket):
        make_ticket()
        client = browser(chloe)
        address = client.post("/personnes/", {"q": "Zéphyrine"}).headers["Location"]
        assert "Zéphyrine" in client.get(address).content.decode()
        client.logout()
        client.cookies["csrftoken"] = "a" * 32
        left = client.get(address)
        assert left.status_code == 302
        assert left.url.startswith("/connexion/")

    def test_W11_a_locked_screen_shows_nothing_of_it(self, chloe):
        client = browser(chloe)
        address = client.post("/personnes/", {"q": "Zéphyrine"}).headers["Location"]
        client.post("/verrouiller/")
        assert "Zéphyrine" not in client.get(address).content.decode()

    def test_W11_another_agent_of_this_computer_does_not_read_it(self, chloe, david):
        client = browser(chloe)
        address = client.post("/personnes/", {"q": "Zéphyrine"}).headers["Location"]
        client.force_login(david)
        client.cookies["csrftoken"] = "a" * 32
        assert "Zéphyrine" not in client.get(address).content.decode()

    def test_it_opens_at_its_own_address_only(self, chloe):
        client = browser(chloe)
        address = client.post("/personnes/", {"q": "Zéphyrine"}).headers["Location"]
        assert "Zéphyrine" not in client.get(address.replace("/personnes/", "/recherche/")).content.decode()


class TestLater:
    def test_too_old_it_is_the_page_itself(self, chloe):
        client = browser(chloe)
        address = client.post("/personnes/", {"q": "Zéphyrine"}).headers["Location"]
        StoredPage.objects.update(expires_at=timezone.now())
        page = client.get(address)
        assert page.status_code == 200  # not « unknown parameter »
        assert "Zéphyrine" not in page.content.decode()

    def test_an_action_that_is_too_old_leads_to_its_page(self, chloe, make_ticket):
        ticket = make_ticket()
        address = f"/demandes/{ticket.reference}/repondre/?vu=ancien"
        led = browser(chloe).get(address, follow=True)
        assert led.redirect_chain[-1][0].startswith(f"/demandes/{ticket.reference}/?")
        assert led.status_code == 200

    def test_purges_what_is_old(self, territory):
        browser().post(PLACES, {"address": "nulle part"})
        assert services.purge_expired(at=timezone.now()) == 0
        assert services.purge_expired(at=timezone.now() + timedelta(minutes=31)) == 1

    def test_N08_robots_do_not_fill_the_disk(self, territory, monkeypatch):
        monkeypatch.setattr(services, "MAX_PUBLIC", 2)
        answers = [browser().post(PLACES, {"address": "nulle part"}).status_code for _ in range(3)]
        assert answers == [303, 303, 200]

    def test_a_page_too_long_is_shown_at_once(self, territory, monkeypatch):
        monkeypatch.setattr(services, "MAX_BYTES", 10)
        assert browser().post(PLACES, {"address": "nulle part"}).status_code == 200


class TestRights:
    def test_W13_a_page_is_not_found_once_the_role_is_taken_away(self, chloe, make_ticket):
        ticket, client = make_ticket(text="Une facture impayée."), browser(chloe)
        given = {"address": "rien", "full_name": "", "role": "other", "receives": ""}
        posted = client.post(f"/demandes/{ticket.reference}/participant/", given)
        address = posted.headers["Location"]
        assert "Une facture impayée." in client.get(address).content.decode()
        chloe.memberships.all().delete()
        assert "Une facture impayée." not in client.get(address, follow=True).content.decode()

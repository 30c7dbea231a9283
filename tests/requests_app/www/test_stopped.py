"""« STOP » is shown wherever an agent could write to that number, with what to do (threats: S05)."""

import pytest
from django.utils import timezone

from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.people.services import choose
from tests.browser import violations
from tests.requests_app.www.test_composer import fields, url_of, words_of

pytestmark = pytest.mark.django_db
AMINA = "+33639981234"


def say(word, *, is_allowed=False, number=AMINA):
    at = timezone.now()
    choose(kind="phone", value=number, uses=["reminder"], is_allowed=is_allowed, word=word, at=at)


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, channel="sms", text=None)
    make_touchpoint(ticket, channel="sms", sender=AMINA, text="Bonjour")
    return ticket


@pytest.fixture
def page(client_of, chloe, asked):
    client = client_of(chloe)
    return lambda: words_of(client.get(url_of(asked)))


class TestTicketPage:
    def test_S05_says_what_is_refused_since_when_and_what_lifts_it(self, page):
        assert "STOP" not in page()
        say("STOP")
        shown = page()
        assert "STOP depuis le " in shown
        assert "plus de rappel par SMS. Pour les reprendre, la personne envoie START." in shown
        assert "l’opérateur peut bloquer aussi une réponse par SMS" in shown

    def test_S05_start_lifts_it(self, page):
        say("STOP")
        say("START", is_allowed=True)
        assert "STOP" not in page()

    def test_S05_a_number_nobody_may_use_is_said(self, page, amina):
        amina.contact_points.filter(kind="phone").update(usable_for=["nothing"])
        shown = page()
        assert "Ne pas utiliser ce contact." in shown
        assert "ne veut pas de réponse à ce numéro" in shown

    def test_S05_an_answer_leaves_once_its_warning_is_read(self, client_of, chloe, asked):
        say("STOP")
        client = client_of(chloe)
        given = fields(client, asked, to=f"sms:{AMINA}")
        refused = client.post(url_of(asked, "repondre/"), given)
        assert (refused.status_code, "bloquer aussi" in words_of(refused)) == (422, True)
        again = {**given, "confirmed": refused.context["composer"].confirmed}
        assert client.post(url_of(asked, "repondre/"), again).status_code == 302
        assert Outgoing.objects.get().recipient == AMINA

    def test_S05_it_is_said_of_a_number_that_a_family_shares(
        self, client_of, chloe, make_ticket, make_touchpoint, make_person, amina, share_contact
    ):
        share_contact(make_person(given_name="Zoé"), AMINA)
        ticket = make_ticket(text=None, channel="sms")
        make_touchpoint(ticket, channel="sms", sender=AMINA, text="Bonjour")
        say("STOP")
        assert "bloquer aussi" in words_of(client_of(chloe).get(url_of(ticket)))

    def test_S05_it_is_said_of_another_number_being_typed(self, client_of, chloe, asked):
        say("STOP", number="+33612345678")
        client = client_of(chloe)
        given = fields(client, asked, to="other", other="06 12 34 56 78")
        assert "bloquer aussi" in words_of(client.post(url_of(asked, "repondre/"), given))

    def test_costs_the_same_with_one_refusal_as_with_ten(
        self, client_of, chloe, asked, amina, django_assert_max_num_queries
    ):
        client = client_of(chloe)
        client.get(url_of(asked))
        with django_assert_max_num_queries(100) as once:
            client.get(url_of(asked))
        for n in range(10):
            value = f"+3363998000{n}"
            ContactPoint.objects.create(person=amina, kind="phone", value=value, created_at=timezone.now())
            say("STOP", number=value)
        with django_assert_max_num_queries(len(once)):
            client.get(url_of(asked))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_that_show_it_have_no_accessibility_violation(browse, chloe, asked, amina):
    say("STOP")
    page = browse(chloe, url_of(asked))
    page.get_by_text("plus de rappel par SMS").first.wait_for()
    assert violations(page) == []
    page.goto(page.url.partition("/demandes/")[0] + f"/personnes/{amina.pk}/")
    page.get_by_text("plus de rappel par SMS").first.wait_for()
    assert violations(page) == []


class TestPersonPage:
    def test_S05_says_it_beside_the_number(self, client_of, chloe, asked, amina):
        say("STOP")
        shown = words_of(client_of(chloe).get(f"/personnes/{amina.pk}/"))
        assert shown.count("STOP depuis le ") == 1
        say("START", is_allowed=True)
        assert "STOP" not in words_of(client_of(chloe).get(f"/personnes/{amina.pk}/"))

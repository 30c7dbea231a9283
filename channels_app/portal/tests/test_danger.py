"""A danger written on a citizen's page: the numbers on that page, nothing sent, a call asked for (N12)."""

import re

import pytest
from django.utils import timezone

from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, ToDo, Touchpoint

pytestmark = pytest.mark.django_db
SAID = "Mon mari me frape. Ne m’appelez pas le soir."


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def secret_of(ticket):
    links.link_for("acknowledgment:test", "ticket", ticket.pk, timezone.now())
    return links.insert_links("{lien}", Outgoing(key="acknowledgment:test")).rpartition("/")[2]


def calls():
    return list(ToDo.objects.to_do().filter(kind="call").values_list("text", flat=True))


def test_N12_the_form_shows_the_numbers_and_sends_nothing(send):
    client = send(message={"texte": SAID})
    assert "3919" in text(client.get("/demande/enregistree/"))
    ticket = Ticket.objects.get()
    assert (ticket.marks, ticket.is_urgent, ticket.is_sensitive) == (["danger"], True, True)
    assert not Outgoing.objects.exclude(state="refused").exists()
    assert calls() == [
        "Danger : appelez la personne. Sur les appels : « Ne m’appelez pas le soir. "
        "Pour bien la recevoir : Ne laisser aucun message : parler seulement à la personne. »"
    ]


def test_N12_what_the_form_asked_of_calls_is_in_the_task(send):
    reach = {"moyen": "tel", "telephone": "0639981234", "usage": "sms", "message": "non"}
    send(message={"texte": "Mon mari me frappe"}, contact={**reach, "eviter": "Pas le soir"})
    assert "Pas le soir" in calls()[0]


@pytest.fixture
def page(client, make_ticket, make_person, settings):
    settings.LIMITS_ON = False
    ticket = make_ticket(person=make_person(given_name="Amina", email="amina@exemple.fr"))
    return f"/suivi/{secret_of(ticket)}/"


def test_N12_the_follow_up_page_shows_them_where_it_was_written(client, page):
    answer = client.post(f"{page}message/", {"texte": SAID})
    shown = text(answer)
    assert answer.status_code == 200
    assert "Votre message est envoyé." in shown
    assert "3919" in shown
    assert Ticket.objects.get().is_in_danger
    assert Touchpoint.objects.filter(text=SAID).count() == 1


def test_N12_whoever_opens_the_link_later_needs_a_code(client, page):
    client.post(f"{page}message/", {"texte": SAID})
    later = text(client.get(page))
    assert "frape" not in later
    assert "3919" not in later.partition("code")[0]


def test_N12_the_confirmation_promises_no_message_that_will_not_leave(send):
    client = send(message={"texte": SAID})
    shown = text(client.get("/demande/enregistree/"))
    assert "aucun message automatique ne part" in shown
    assert "Nous vous répondons" not in shown


def test_N12_an_opinion_is_heard_too(client, page):
    Ticket.objects.update(state="closed", outcome="answered", closed_at=timezone.now())
    answer = client.post(f"{page}avis/", {"ressenti": "1", "phrase": SAID})
    shown = text(answer)
    assert "Merci, c’est noté." in shown
    assert "3919" in shown
    assert Ticket.objects.get().is_in_danger
    assert calls() == ["Danger : appelez la personne. Sur les appels : « Ne m’appelez pas le soir. »"]


def test_plain_words_lead_back_to_the_page(client, page):
    answer = client.post(f"{page}message/", {"texte": "Je meurs d’impatience"})
    assert answer.url == f"{page}?fait=message"

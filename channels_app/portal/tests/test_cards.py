"""A card: six characters on paper open the question, of one request, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.portal import limits
from requests_app.feedback.models import FeltExperience, SurveyCard
from requests_app.feedback.services import card_line, give_card
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def surveys_on(settings):
    settings.SURVEYS_ON = True


@pytest.fixture
def ticket(make_person, make_ticket):
    return make_ticket(person=make_person(given_name="Rosa", family_name="Ferri"), channel="frontdesk")


@pytest.fixture
def card(ticket):
    return give_card(ticket=ticket, way="frontdesk", at=timezone.now())


@pytest.mark.parametrize("spell", [str, str.lower, lambda code: f" {code[:3]}-{code[3:]} "])
def test_a_code_however_typed_opens_the_faces_and_nothing_of_the_request(card, ticket, client, spell):
    answer = client.post("/avis/", {"code": spell(card.code)}, follow=True)
    page = answer.content.decode()
    assert "Comment s’est passé" in page
    assert ticket.reference not in page
    assert "Ne plus me demander" not in page  # no message went anywhere
    secret = answer.redirect_chain[-1][0]
    assert client.get(secret.replace("/avis/", "/suivi/")).status_code == 404
    client.post(secret, {"ressenti": "4", "phrase": "Bien reçue"})
    felt = FeltExperience.objects.get()
    assert (felt.level, felt.sentence, felt.way) == (4, "Bien reçue", "frontdesk")


def test_then_the_effort_may_be_said(card, client):
    url = client.post("/avis/", {"code": card.code}).url
    page = client.post(url, {"ressenti": "2"}, follow=True).content.decode()
    assert "beaucoup d’efforts" in page.replace("\u202f", " ").replace("\xa0", " ")
    page = client.post(url, {"effort": "5"}, follow=True).content.decode()
    assert "Merci, c’est noté." in page
    assert "efforts" not in page
    assert FeltExperience.objects.values_list("level", "effort").get() == (2, 5)
    assert "Choisissez une des cinq" in client.post(url, {"effort": "6"}).content.decode()
    assert FeltExperience.objects.get().effort == 5


def test_a_wrong_code_says_what_to_do_and_keeps_what_was_typed(client, ticket):
    page = client.post("/avis/", {"code": "ABC DEF"}).content.decode()
    assert "Ce code n’ouvre rien" in page
    assert 'value="ABC DEF"' in page
    assert "C’est un numéro de demande" in client.post("/avis/", {"code": ticket.reference}).content.decode()


def test_W09_who_tries_many_codes_waits(client, settings, card):
    settings.LIMITS_ON = True
    for _ in range(limits.CARD_BY_ADDRESS.most):
        client.post("/avis/", {"code": "ZZZZZZ"})
    answer = client.post("/avis/", {"code": card.code})
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.content.decode()


def test_the_same_paper_printed_again_carries_the_same_code(card, ticket):
    assert give_card(ticket=ticket, way="frontdesk", at=timezone.now() + timedelta(days=1)) == card
    line = card_line(card)
    assert f"{card.code[:3]}\xa0{card.code[3:]}" in line
    assert "/avis/" in line
    assert "experience" in card_line(card, "en") or "contact" in card_line(card, "en")


def test_it_ends_after_sixty_days_and_when_the_request_becomes_reserved(card, ticket, client):
    Ticket.objects.filter(pk=ticket.pk).update(is_sensitive=True)
    assert client.post("/avis/", {"code": card.code}).status_code == 200
    Ticket.objects.filter(pk=ticket.pk).update(is_sensitive=False)
    SurveyCard.objects.update(expires_at=timezone.now())
    assert client.post("/avis/", {"code": card.code}).status_code == 200
    assert not FeltExperience.objects.exists()


def test_A03_no_card_where_nothing_may_be_asked(make_person, make_ticket, settings):
    now, person = timezone.now(), make_person(given_name="Ali", family_name="Sy")
    assert give_card(ticket=make_ticket(person=person, is_sensitive=True), way="letter", at=now) is None
    assert give_card(ticket=make_ticket(person=person, marks=["danger"]), way="letter", at=now) is None
    settings.SURVEYS_ON = False
    assert give_card(ticket=make_ticket(person=person), way="letter", at=now) is None


def test_one_question_a_person_in_ninety_days_by_any_way(card, ticket, make_ticket):
    now, other = timezone.now(), make_ticket(person=ticket.person, channel="letter")
    assert give_card(ticket=other, way="letter", at=now + timedelta(days=89)) is None
    assert give_card(ticket=other, way="letter", at=now + timedelta(days=91))
    assert not Outgoing.objects.exists()

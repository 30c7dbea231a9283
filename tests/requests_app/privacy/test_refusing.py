"""A refusal to erase or correct: its reason, how to contest, and the way to ask (threats: P05)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.privacy.refusing import GROUNDS
from requests_app.tickets.models import State, Touchpoint


@pytest.fixture
def amina(make_person):
    return make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")


@pytest.fixture
def hers(amina, make_ticket):
    return make_ticket(person=amina, state=State.CLOSED)


@pytest.fixture
def page(client_of, central):
    return client_of(central)


@pytest.mark.parametrize("ground", GROUNDS)
def test_P05_a_refusal_waits_in_the_composer_with_its_reason(page, amina, make_ticket, ground):
    ticket = make_ticket(person=amina, topic="droits-donnees")
    address = reverse("archives:person_refuse", args=[amina.pk])
    answer = page.post(address, {"ground": ground})
    assert answer.url == reverse("backoffice:ticket", args=[ticket.reference])
    text = Draft.objects.get(ticket=ticket).text
    assert str(GROUNDS[ground].why) in text
    assert "RGPD, article" in text
    assert "cnil.fr/plaintes" in text
    assert "tribunal administratif" in text
    assert "[à compléter :" in text
    assert not Touchpoint.objects.filter(ticket=ticket, direction="out").exists()


def test_P05_a_refusal_never_writes_over_a_draft(page, amina, make_ticket, central):
    ticket = make_ticket(person=amina, topic="droits-donnees")
    Draft.objects.create(
        ticket=ticket, author=central, kind="answer", text="Madame,", updated_at=timezone.now()
    )
    page.post(reverse("archives:person_refuse", args=[amina.pk]), {"ground": "erase_law"})
    assert Draft.objects.get().text == "Madame,"


@pytest.mark.parametrize("ground", ["", "erase_nothing"])
def test_P05_a_refusal_has_a_reason_of_the_law(page, amina, make_ticket, ground):
    make_ticket(person=amina, topic="droits-donnees")
    answer = page.post(reverse("archives:person_refuse", args=[amina.pk]), {"ground": ground}, follow=True)
    assert "Choisissez la raison du refus." in answer.content.decode()
    assert not Draft.objects.exists()


def test_P05_without_a_request_there_is_nothing_to_refuse(page, amina, hers):
    address = reverse("archives:person_data", args=[amina.pk])
    assert "Préparer le refus" not in page.get(address).content.decode()
    page.post(reverse("archives:person_refuse", args=[amina.pk]), {"ground": "erase_law"})
    assert not Draft.objects.exists()


def test_P05_the_page_of_a_person_leads_to_their_data_for_those_who_may(page, client_of, chloe, amina, hers):
    link, address = (
        reverse("archives:person_data", args=[amina.pk]),
        reverse("backoffice:person_page", args=[amina.pk]),
    )
    assert link in page.get(address).content.decode()
    assert link not in client_of(chloe).get(address).content.decode()


def test_the_data_page_leads_to_the_form_with_the_topic_chosen(client, territory):
    assert (
        "/demande/?sujet=droits-donnees#s-droits-donnees"
        in client.get("/donnees-personnelles/").content.decode()
    )
    form = client.get("/demande/?sujet=droits-donnees").content.decode()
    assert 'value="droits-donnees" checked' in form
    assert "checked" not in client.get("/demande/?sujet=rien").content.decode()

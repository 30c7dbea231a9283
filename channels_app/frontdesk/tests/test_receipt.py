"""The receipt of the visit just noted, printed in one gesture: who gives no address leaves with it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.catalog.models import Topic
from requests_app.tickets.letters.words import acknowledgment, as_text
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
PAGE, PRINT = "/accueil/", "/accueil/accuse/"
OFFER = "Imprimer l’accusé de réception"


def test_R112_5_one_gesture_after_a_visit_prints_its_receipt(save, client, bruno):
    save(qui="Awa Ndiaye", personne="nouvelle")
    assert OFFER in client.get(PAGE).content.decode()
    answer = client.get(PRINT)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Reading.objects.filter(user=bruno, subject_id=Ticket.objects.get().pk).exists()


def test_R112_5_it_says_the_day_of_silence_and_the_recourse(save, bruno):
    Topic.objects.filter(code="rsa-demande").update(
        regime="silence_refusal", to_validate=[], sensitivity="normal"
    )
    save(qui="Awa Ndiaye", personne="nouvelle")
    text = as_text(acknowledgment(Ticket.objects.get(), by=bruno, at=timezone.now()))
    assert "votre demande est refusée" in text
    assert "Reçue le" in text


def test_a_reserved_request_is_printed_without_its_topic(save, client, bruno):
    Topic.objects.filter(code="rsa-demande").update(sensitivity="sante")
    save(qui="Awa Ndiaye", personne="nouvelle")
    label = Topic.objects.get(code="rsa-demande").label
    assert client.get(PRINT)["Content-Type"] == "application/pdf"
    ticket = Ticket.objects.select_related("topic", "maison__commune", "person").get()
    assert ticket.is_sensitive
    assert label not in as_text(acknowledgment(ticket, by=bruno, at=timezone.now()))


def test_N12_a_paper_found_at_home_is_a_danger(save, client):
    save(qui="Awa Ndiaye", personne="nouvelle", mot="Mon mari me frappe")
    assert Ticket.objects.get().is_in_danger
    assert OFFER not in client.get(PAGE).content.decode()
    assert client.get(PRINT).status_code == 302


def test_neither_a_visit_undone_nor_one_of_before_nor_another_agent_s(save, client, client_of, elsa):
    save(qui="Awa Ndiaye", personne="nouvelle")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.get(PRINT).status_code == 302
    assert client_of(elsa).get(PRINT).status_code == 302


def test_nothing_noted_yet_leads_to_the_form(client_of, bruno):
    answer = client_of(bruno).get(PRINT)
    assert (answer.status_code, answer.url) == (302, reverse("frontdesk:visit"))

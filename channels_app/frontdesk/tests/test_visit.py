import uuid

import pytest
from django.urls import reverse

from channels_app.intake.models import Arrival
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.visits.models import Visit


@pytest.fixture
def save(client_of, bruno):
    """Post the visit form as Bruno; the fields not given are those of an anonymous visitor who waits."""
    client = client_of(bruno)

    def post(**fields):
        whole = {
            "cle": str(uuid.uuid4()),
            "qui": "*",
            "personne": "anonyme",
            "motif": "RSA",
            "sujet": "rsa-demande",
            "suite": "file",
            **fields,
        }
        return client.post(reverse("frontdesk:visit"), whole)

    return post


class TestSaving:
    def test_opens_a_ticket_and_gives_a_number(self, save, client, lyon_8):
        answer = save(mot="Vient avec sa fille")

        assert answer.status_code == 302
        ticket = Ticket.objects.get()
        assert (ticket.topic.code, ticket.maison, ticket.channel) == ("rsa-demande", lyon_8, "frontdesk")
        assert Visit.objects.get().ticket_number == "A01"
        assert "Vient avec sa fille" in Touchpoint.objects.get().text
        page = client.get(reverse("frontdesk:visit")).content.decode()
        assert "Visite enregistrée" in page
        assert "Numéro A01." in page

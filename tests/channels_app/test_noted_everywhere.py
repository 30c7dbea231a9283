"""A call and a letter are read wherever a mail is: the lists, the thread, the statistics, the export."""

import uuid

import pytest
from django.urls import reverse

from requests_app.tickets.models import Ticket


@pytest.fixture(params=[("appel", "phone", "Téléphone"), ("courrier", "letter", "Courrier")])
def noted(request, client_of, bruno):
    """Noted at the counter; its channel and the word people read for it."""
    code, channel, word = request.param
    fields = {
        "cle": str(uuid.uuid4()),
        "qui": "Paul Morel",
        "personne": "nouvelle",
        "motif": "Fonds de solidarité logement",
        "sujet": "fsl-acces-maintien",
        "suite": "transmis",
        "mot": "Il attend une réponse.",
    }
    assert client_of(bruno).post(f"{reverse('frontdesk:visit')}?pour={code}", fields).status_code == 302
    return Ticket.objects.get(), channel, word


def test_the_triage_has_its_channel(client_of, chloe, noted):
    ticket, channel, word = noted
    client = client_of(chloe)

    assert f"canal={channel}" in client.get("/tri/").content.decode()
    page = client.get(f"/tri/?vue=a-trier&canal={channel}").content.decode()
    assert ticket.reference in page
    assert word in page


def test_the_thread_says_who_noted_it(client_of, chloe, noted):
    ticket, _channel, _word = noted
    page = client_of(chloe).get(f"/demandes/{ticket.reference}/").content.decode()

    assert "par Bruno Petit" in page
    assert "Il attend une réponse." in page


def test_the_export_of_the_figures_counts_it(client_of, david, noted):
    _ticket, _channel, word = noted
    table = client_of(david).get("/tableau-de-bord/export/csv/").content.decode("utf-8-sig")

    assert f'"Par canal";"{word}";"1"' in table

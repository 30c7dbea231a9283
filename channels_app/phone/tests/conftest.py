import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.tickets.deadlines import PARIS


@pytest.fixture
def samira(make_person, make_ticket):
    """Known at Lyon 8e by an open demand about housing."""
    person = make_person(given_name="Samira", family_name="Benali", birth_year=1968, phone="+33639981234")
    make_ticket(person=person, topic="fsl-acces-maintien")
    return person


@pytest.fixture
def call(client_of, bruno):
    """Post the form of a call as Bruno; the fields not given are those of an anonymous caller."""

    def post(user=bruno, **fields):
        whole = {
            "cle": str(uuid.uuid4()),
            "qui": "*",
            "personne": "anonyme",
            "motif": "Demande de RSA",
            "sujet": "rsa-demande",
            "suite": "transmis",
            **fields,
        }
        return client_of(user).post(reverse("frontdesk:visit") + "?pour=appel", whole)

    return post


@pytest.fixture
def tomorrow():
    """Tomorrow as the form's two fields say it."""
    day = timezone.now().astimezone(PARIS) + timedelta(days=1)
    return {"rappel_le": day.strftime("%Y-%m-%d"), "rappel_a": "10:30"}


@pytest.fixture
def chosen(client_of, bruno):
    """What the counter's suggestions give for a person: her signed word."""

    def token(name):
        page = client_of(bruno).post("/accueil/personnes/", {"qui": name}).content.decode()
        found = re.findall(r'data-value="([^"]+)" data-label="' + name, page)
        return found[0]

    return token

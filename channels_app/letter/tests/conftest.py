import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def samira(make_person, make_ticket):
    """Known at Lyon 8e by an open demand about housing."""
    person = make_person(given_name="Samira", family_name="Benali", birth_year=1968, phone="+33639981234")
    make_ticket(person=person, topic="fsl-acces-maintien")
    return person


@pytest.fixture
def letter(client_of, bruno):
    """Post the form of a letter as Bruno; ``files`` are (name, bytes)."""

    def post(user=bruno, files=(("lettre.pdf", PDF),), **fields):
        whole = {
            "cle": str(uuid.uuid4()),
            "qui": "Paul Morel",
            "personne": "nouvelle",
            "motif": "Demande de RSA",
            "sujet": "rsa-demande",
            "suite": "transmis",
            "scans": [SimpleUploadedFile(name, data) for name, data in files],
            **fields,
        }
        return client_of(user).post(reverse("frontdesk:visit") + "?pour=courrier", whole)

    return post


@pytest.fixture
def chosen(client_of, bruno):
    """What the counter's suggestions give for a person: her signed word."""

    def token(name):
        page = client_of(bruno).post("/accueil/personnes/", {"qui": name}).content.decode()
        found = re.findall(r'data-value="([^"]+)" data-label="' + name, page)
        return found[0]

    return token

import uuid

import pytest
from django.urls import reverse


@pytest.fixture
def save(client_of, bruno):
    """Post the visit form as Bruno; the fields not given are those of an anonymous visitor who waits."""

    def post(user=bruno, **fields):
        whole = {
            "cle": str(uuid.uuid4()),
            "qui": "*",
            "personne": "anonyme",
            "motif": "Demande de RSA",
            "sujet": "rsa-demande",
            "suite": "file",
            **fields,
        }
        return client_of(user).post(reverse("frontdesk:visit"), whole)

    return post


@pytest.fixture
def stranger(make_person, make_ticket, villeurbanne):
    """Known at Villeurbanne only."""
    person = make_person(given_name="Zoé", family_name="Durand", birth_year=1980, phone="+33639985555")
    make_ticket(person=person, maison=villeurbanne)
    return person

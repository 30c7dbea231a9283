"""Who is known at the counter of Lyon 8e, for the channels that note something there."""

import re

import pytest

from tests.markup import one_line


@pytest.fixture
def samira(make_person, make_ticket):
    """Known at Lyon 8e by an open ticket about housing."""
    person = make_person(given_name="Samira", family_name="Benali", birth_year=1968, phone="+33639981234")
    make_ticket(person=person, topic="fsl-acces-maintien")
    return person


@pytest.fixture
def chosen(client_of, bruno):
    """What the counter's suggestions give for a person: a signed value."""

    def token(name):
        page = client_of(bruno).post("/accueil/personnes/", {"qui": name}).content.decode()
        found = re.findall(r'data-value="([^"]+)" data-label="' + name, one_line(page))
        return found[0]

    return token

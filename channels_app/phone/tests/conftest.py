import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.lib.workdays import add_working_days
from requests_app.tickets.deadlines import PARIS


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
    """The afternoon of the next working day, when Lyon 8e is open, and the number to call."""
    day = add_working_days(timezone.now().astimezone(PARIS).date(), 1)
    return {"rappel_le": day.strftime("%Y-%m-%d"), "rappel_a": "15:30", "telephone": "06 39 98 76 54"}

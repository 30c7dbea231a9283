import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

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
    """Tomorrow as the form's two fields say it."""
    day = timezone.now().astimezone(PARIS) + timedelta(days=1)
    return {"rappel_le": day.strftime("%Y-%m-%d"), "rappel_a": "10:30"}

import pytest
from django.test import Client

from channels_app.portal.models import Draft

ANSWERS = {
    "sujet": {"sujet": "fsl-acces-maintien"},
    "message": {"texte": "Bonjour, je n’arrive plus à payer ma facture d’électricité."},
    "lieu": {"commune": "Lyon 8", "adresse": "12 rue des Acacias"},
    "contact": {"moyen": "tel", "telephone": "06 39 98 12 34", "usage": "sms-appel", "message": "non"},
    "vous": {"prenom": "Amina", "nom": "Benali"},
}


def address(step):
    return {"sujet": "/demande/", "verifier": "/demande/verifier/"}.get(step, f"/demande/{step}/")


@pytest.fixture
def no_limits(settings):
    settings.LIMITS_ON = False


@pytest.fixture
def fill(db, territory, no_limits):
    """A browser that has answered every question; each can be changed by its name."""

    def answered(client=None, **changes):
        client = client or Client()
        for step, fields in ANSWERS.items():
            answer = client.post(address(step), {**fields, **changes.get(step, {})})
            assert answer.status_code == 302, (step, answer.context and answer.context["form"].errors)
        return client

    return answered


@pytest.fixture
def send(fill):
    """The same, sent; gives the browser back."""

    def sent(**changes):
        client = fill(**changes)
        answer = client.post(address("verifier"))
        assert answer.url == "/demande/enregistree/"
        return client

    return sent


@pytest.fixture
def draft(fill):
    fill()
    return Draft.objects.get()

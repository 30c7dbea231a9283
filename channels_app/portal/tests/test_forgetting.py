from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.portal import drafts
from channels_app.portal.models import Draft, DraftFile
from channels_app.portal.tests.test_asking import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(fill):
    """A draft with a photo, eight days old; sent or not."""

    def make(*, is_sent=False):
        client = fill()
        client.post("/demande/message/", {"texte": "Voici", "papiers": [photo()], "ajouter": "1"})
        if is_sent:
            client.post("/demande/verifier/")
        Draft.objects.update(expires_at=timezone.now() - timedelta(days=1))
        return str(DraftFile.objects.get().file.name)

    return make


def test_P03_after_seven_days_answers_and_files_are_gone(old):
    name = old()
    assert drafts.purge_expired(at=timezone.now()) == 1
    assert not default_storage.exists(name)
    assert not Draft.objects.exists()


def test_the_files_of_a_form_in_quarantine_stay_for_who_tries_again(old):
    name = old(is_sent=True)
    Arrival.objects.update(state=Arrival.State.QUARANTINED, reason="?")
    assert drafts.purge_expired(at=timezone.now()) == 0
    assert default_storage.exists(name)


def test_a_form_understood_leaves_only_the_demand(old):
    old(is_sent=True)
    assert drafts.purge_expired(at=timezone.now()) == 1

"""A field feedback and the trial that tries to fix it: linked by those who answer it."""

import pytest
import time_machine
from django.utils import timezone

from requests_app.experiments.models import Trial
from requests_app.feedback.models import FieldFeedback
from requests_app.feedback.services import Shown, record_feedback
from tests.requests_app.experiments.conftest import PLANNED, others, trial  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(PLANNED):
        yield


@pytest.fixture
def told(chloe, lyon_8):
    feedback = record_feedback(kind="irritant", shown=Shown(lyon_8), by=chloe, at=timezone.now())
    FieldFeedback.objects.update(sentence="La file cache l’entrée")
    return feedback


def answer(client, told, **fields):
    return client.post(f"/retours/{told.pk}/suite/", {"etat": "in_progress", "qui": "", **fields})


def test_is_linked_and_each_page_leads_to_the_other(client_of, david, told, trial):  # noqa: F811
    client = client_of(david)
    assert answer(client, told, piste=trial.pk).status_code == 302
    assert f'href="/pistes/{trial.pk}/"' in client.get(f"/retours/{told.pk}/").content.decode()
    page = client.get(f"/pistes/{trial.pk}/").content.decode()
    assert "La file cache l’entrée" in page
    assert f'href="/retours/{told.pk}/"' in page


def test_is_unlinked_by_no_choice(client_of, david, told, trial):  # noqa: F811
    client = client_of(david)
    answer(client, told, piste=trial.pk)
    answer(client, told, piste="")
    assert not Trial.objects.filter(feedback=told).exists()


def test_an_unknown_trial_is_refused_and_the_rest_kept(client_of, david, told):
    answered = answer(client_of(david), told, piste="999", reponse="Un plan affiché")
    assert answered.status_code == 422
    assert "Un plan affiché" in answered.content.decode()


def test_A02_its_author_reads_the_title_alone(client_of, chloe, david, told, trial):  # noqa: F811
    answer(client_of(david), told, piste=trial.pk)
    page = client_of(chloe).get(f"/retours/{told.pk}/").content.decode()
    assert trial.title in page
    assert f"/pistes/{trial.pk}/" not in page


def test_A02_what_another_maison_said_is_not_on_the_trial(client_of, david, told, trial, villeurbanne):  # noqa: F811
    answer(client_of(david), told, piste=trial.pk)
    FieldFeedback.objects.update(maison=villeurbanne)
    assert "La file cache" not in client_of(david).get(f"/pistes/{trial.pk}/").content.decode()
